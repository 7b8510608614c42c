package dev.quire.engine.exec.generated;

import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ForeignFunctions;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Single calls through Calcite's generated code. Thread-safe. */
public final class GeneratedFunctions implements ForeignFunctions {

  @Override
  public Optional<Evaluator> find(RexCall call, List<Evaluator> arguments, RexBuilder builder) {
    if (call instanceof RexOver || call instanceof RexSubQuery) {
      return Optional.empty();
    }
    List<RelDataType> types = new ArrayList<>();
    List<Evaluator> inputs = new ArrayList<>();
    List<RexNode> operands = new ArrayList<>();
    RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
    for (int i = 0; i < call.getOperands().size(); i++) {
      RexNode operand = call.getOperands().get(i);
      if (!(operand instanceof RexLiteral)) {
        operand = builder.makeInputRef(operand.getType(), inputs.size());
        row.add("a" + i, operand.getType());
        types.add(operand.getType());
        inputs.add(arguments.get(i));
      }
      operands.add(operand);
    }
    try {
      RexNode plain = call.clone(call.getType(), operands);
      Function1<DataContext, Object[]> function =
          RexExecutorImpl.getExecutable(builder, List.of(plain), row.build()).getFunction();
      String name = call.getOperator().getName();
      return Optional.of(new Generated(name, function, inputs, types, call.getType()));
    } catch (RuntimeException | AssertionError e) {
      return Optional.empty();
    }
  }

  private record Generated(
      String name,
      Function1<DataContext, Object[]> function,
      List<Evaluator> inputs,
      List<RelDataType> types,
      RelDataType result)
      implements Evaluator {

    @Override
    public @Nullable Object eval(@Nullable Object[] row) {
      @Nullable Object[] encoded = new @Nullable Object[inputs.size()];
      for (int i = 0; i < encoded.length; i++) {
        encoded[i] = InternalValues.encode(inputs.get(i).eval(row), types.get(i));
      }
      return InternalValues.decode(call(encoded), result);
    }

    private @Nullable Object call(@Nullable Object[] encoded) {
      try {
        return function.apply(new InputContext(List.of(), encoded))[0];
      } catch (SourceException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new SourceException(
            ErrorKind.INVALID_VALUE, name + " has no value: " + e.getMessage(), e);
      }
    }
  }
}
