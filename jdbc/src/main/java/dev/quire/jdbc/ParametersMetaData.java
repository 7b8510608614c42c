package dev.quire.jdbc;

import dev.quire.spi.DataType;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The parameters of a statement, with the types that their places ask for. Immutable. */
final class ParametersMetaData implements ParameterMetaData {
  private final List<DataType> parameters;
  private final JdbcTypes types;

  ParametersMetaData(List<DataType> parameters, JdbcTypes types) {
    this.parameters = parameters;
    this.types = types;
  }

  private DataType parameter(int number) throws SQLException {
    if (number < 1 || number > parameters.size()) {
      throw SqlErrors.noSuchParameter(
          "there is no parameter " + number + "; the statement has " + parameters.size());
    }
    return parameters.get(number - 1);
  }

  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int number) throws SQLException {
    parameter(number);
    return parameterNullable;
  }

  @Override
  public boolean isSigned(int number) throws SQLException {
    return JdbcTypes.isNumber(parameter(number));
  }

  @Override
  public int getPrecision(int number) throws SQLException {
    return types.precision(parameter(number));
  }

  @Override
  public int getScale(int number) throws SQLException {
    return types.scale(parameter(number));
  }

  @Override
  public int getParameterType(int number) throws SQLException {
    return types.code(parameter(number));
  }

  @Override
  public String getParameterTypeName(int number) throws SQLException {
    return types.name(parameter(number));
  }

  @Override
  public String getParameterClassName(int number) throws SQLException {
    return types.javaClass(parameter(number)).getName();
  }

  @Override
  public int getParameterMode(int number) throws SQLException {
    parameter(number);
    return parameterModeIn;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.as(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
