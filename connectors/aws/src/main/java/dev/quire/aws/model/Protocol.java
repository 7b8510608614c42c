package dev.quire.aws.model;

/** How a service's requests and answers are written. */
public enum Protocol {
  /** One JSON body each way; the operation is named in {@code X-Amz-Target}. */
  JSON,
  /** Methods, paths and query parameters; bodies in JSON. */
  REST_JSON,
  /** Methods, paths and query parameters; bodies in XML. */
  REST_XML,
  /** A form in, XML out. */
  QUERY,
  /** As {@link #QUERY}, with the names and lists of EC2. */
  EC2,
  /** Smithy's RPC over CBOR. */
  RPC_V2_CBOR
}
