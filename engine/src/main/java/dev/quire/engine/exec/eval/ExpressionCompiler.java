package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** Expressions of a plan to evaluators. One thread at a time. */
public final class ExpressionCompiler {
  private final RexBuilder builder;
  private final RelDataTypeSystem types;
  private final EvaluationContext context;

  public ExpressionCompiler(RexBuilder builder, EvaluationContext context) {
    this.builder = builder;
    this.types = builder.getTypeFactory().getTypeSystem();
    this.context = context;
  }

  /** Whether {@link #compile} can do this expression. */
  public boolean supports(RexNode node) {
    try {
      compile(node);
      return true;
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.UNSUPPORTED) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The evaluator of an expression.
   *
   * @throws SourceException UNSUPPORTED naming the function that there is none for
   */
  public Evaluator compile(RexNode node) {
    if (node instanceof RexInputRef reference) {
      return new Evaluator.Column(reference.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return new Evaluator.Constant(Literals.value(literal));
    }
    if (node instanceof RexDynamicParam parameter) {
      return parameter(parameter);
    }
    if (node instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      EvaluationContext.OuterRow outer = context.outerRow(variable.id.getName());
      int index = access.getField().getIndex();
      return row -> outer.value(index);
    }
    if (node instanceof RexCall call && node.getClass() == RexCall.class) {
      return fold(call(call), call);
    }
    throw Unsupported.function(node.toString());
  }

  private Evaluator parameter(RexDynamicParam parameter) {
    int index = parameter.getIndex();
    if (index >= context.parameters().size()) {
      throw new SourceException(
          ErrorKind.INVALID_STATEMENT, "the parameter " + (index + 1) + " has no value");
    }
    Object value = context.parameters().get(index);
    Function<Object, Object> cast = Casts.find(parameter.getType(), parameter.getType(), types);
    return new Evaluator.Constant(value == null || cast == null ? value : cast.apply(value));
  }

  /**
   * A call on constants alone becomes a constant, unless it fails: then it fails where it is used.
   */
  private static Evaluator fold(Evaluator evaluator, RexCall call) {
    if (call.getOperands().isEmpty() || !RexUtil.isConstant(call)) {
      return evaluator;
    }
    try {
      return new Evaluator.Constant(evaluator.eval(new Object[0]));
    } catch (SourceException e) {
      return evaluator;
    }
  }

  private Evaluator call(RexCall call) {
    return switch (call.getKind()) {
      case SEARCH -> search(call);
      case CAST, SAFE_CAST -> cast(call, arguments(call).get(0));
      case LIKE -> like(call, arguments(call));
      case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(call, arguments(call));
      case MINUS_PREFIX -> Arithmetic.negate(call.getType(), arguments(call).get(0));
      case CASE -> Logic.choose(arguments(call));
      default -> {
        List<Evaluator> arguments = arguments(call);
        Evaluator logic = logic(call.getKind(), arguments);
        yield logic != null ? logic : function(call, arguments);
      }
    };
  }

  private List<Evaluator> arguments(RexCall call) {
    return call.getOperands().stream().map(this::compile).toList();
  }

  private static @Nullable Evaluator logic(SqlKind kind, List<Evaluator> arguments) {
    return switch (kind) {
      case AND -> Logic.and(arguments);
      case OR -> Logic.or(arguments);
      case NOT -> Logic.not(arguments.get(0));
      case IS_NULL, IS_UNKNOWN -> Logic.isNull(arguments.get(0));
      case IS_NOT_NULL -> Logic.isNotNull(arguments.get(0));
      case IS_TRUE -> Logic.is(arguments.get(0), true);
      case IS_FALSE -> Logic.is(arguments.get(0), false);
      case IS_NOT_TRUE -> Logic.isNot(arguments.get(0), true);
      case IS_NOT_FALSE -> Logic.isNot(arguments.get(0), false);
      case COALESCE -> Logic.coalesce(arguments);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          Comparisons.compare(kind, arguments.get(0), arguments.get(1));
      case IS_NOT_DISTINCT_FROM -> Comparisons.same(arguments.get(0), arguments.get(1));
      case IS_DISTINCT_FROM -> Logic.not(Comparisons.same(arguments.get(0), arguments.get(1)));
      case PLUS_PREFIX -> arguments.get(0);
      default -> null;
    };
  }

  private Evaluator search(RexCall call) {
    RexNode argument = call.getOperands().get(0);
    RexLiteral set = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = set.getValueAs(Sarg.class);
    if (sarg != null && Comparisons.isSetOfPoints(sarg)) {
      return Comparisons.points(compile(argument), sarg, set.getType(), builder);
    }
    return compile(RexUtil.expandSearch(builder, null, call));
  }

  private Evaluator cast(RexCall call, Evaluator argument) {
    RelDataType from = call.getOperands().get(0).getType();
    boolean safe = call.getKind() == SqlKind.SAFE_CAST;
    return Casts.compile(from, call.getType(), types, argument, safe);
  }

  private static Evaluator like(RexCall call, List<Evaluator> arguments) {
    boolean ignoreCase =
        call.getOperator() instanceof SqlLikeOperator like && !like.isCaseSensitive();
    Evaluator escape = arguments.size() > 2 ? arguments.get(2) : new Evaluator.Constant("");
    if (arguments.get(1) instanceof Evaluator.Constant pattern
        && pattern.value() != null
        && escape instanceof Evaluator.Constant sign
        && sign.value() != null) {
      var compiled =
          LikePattern.compile((String) pattern.value(), (String) sign.value(), ignoreCase);
      return Strict.unary(arguments.get(0), text -> compiled.test((String) text));
    }
    return Strict.all(
        List.of(arguments.get(0), arguments.get(1), escape),
        values ->
            LikePattern.compile((String) values[1], (String) values[2], ignoreCase)
                .test((String) values[0]));
  }

  private Evaluator arithmetic(RexCall call, List<Evaluator> arguments) {
    boolean isTemporal =
        !ValueKind.of(call.getType()).isNumeric()
            || call.getOperands().stream().anyMatch(each -> !isNumber(each));
    if (isTemporal) {
      return function(call, arguments);
    }
    return Arithmetic.binary(call.getKind(), call.getType(), arguments.get(0), arguments.get(1));
  }

  private static boolean isNumber(RexNode node) {
    ValueKind kind = ValueKind.of(node.getType());
    return kind.isNumeric() || kind == ValueKind.NULL;
  }

  private Evaluator function(RexCall call, List<Evaluator> arguments) {
    Evaluator found = StatementFunctions.find(call, context.start());
    if (found == null) {
      found = Functions.find(call, arguments);
    }
    return found != null ? found : foreign(call, arguments);
  }

  private Evaluator foreign(RexCall call, List<Evaluator> arguments) {
    ServiceLoader<ForeignFunctions> others =
        ServiceLoader.load(ForeignFunctions.class, ForeignFunctions.class.getClassLoader());
    for (ForeignFunctions other : others) {
      Optional<Evaluator> found = other.find(call, arguments, builder);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw Unsupported.function(call.getOperator().getName());
  }
}
