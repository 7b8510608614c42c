package dev.quire.engine.plan;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/**
 * Metadata by reflection: compiling handlers would cost more than a statement's planning. A query
 * wants more than twenty handlers at its start and asks two or three of them, so all are one
 * object, which gets the handler that is asked when it is. One thread at a time.
 */
final class InterpretedMetadata extends RelMetadataQuery {
  private static final MetadataHandlerProvider PROVIDER =
      new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE);
  private static final Map<Class<?>, MetadataHandler<?>> ASKED = new ConcurrentHashMap<>();
  private static final Object ALL =
      Proxy.newProxyInstance(
          BuiltInMetadata.class.getClassLoader(),
          handlers(),
          (all, method, arguments) -> ask(method, arguments));

  InterpretedMetadata() {
    super(
        new MetadataHandlerProvider() {
          @Override
          public <H extends MetadataHandler<?>> H handler(Class<H> type) {
            return type.isInstance(ALL) ? type.cast(ALL) : PROVIDER.handler(type);
          }
        });
  }

  private static Class<?>[] handlers() {
    List<Class<?>> handlers = new ArrayList<>();
    for (Class<?> metadata : BuiltInMetadata.class.getClasses()) {
      for (Class<?> each : metadata.getClasses()) {
        if (MetadataHandler.class.isAssignableFrom(each)) {
          handlers.add(each);
        }
      }
    }
    return handlers.toArray(new Class<?>[0]);
  }

  @SuppressWarnings("unchecked") // a handler's method is declared by a handler
  private static @Nullable Object ask(Method method, @Nullable Object[] arguments)
      throws Throwable {
    Class<?> type = method.getDeclaringClass();
    MetadataHandler<?> handler =
        ASKED.computeIfAbsent(
            type, any -> PROVIDER.handler((Class<? extends MetadataHandler<?>>) type));
    try {
      return method.invoke(handler, arguments);
    } catch (InvocationTargetException e) {
      throw requireNonNull(e.getCause());
    }
  }
}
