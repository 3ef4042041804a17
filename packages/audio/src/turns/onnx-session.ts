/** A tensor as ONNX Runtime gives and takes it. */
export interface OnnxTensor {
  readonly data: unknown
}

/** The part of `InferenceSession` of ONNX Runtime (Node or web) that a turn model needs. */
export interface OnnxSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata?: readonly { readonly name: string; readonly shape?: readonly (number | string)[] }[]
  // A method, so that a session which takes its own class of tensors fits.
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>
}

/** What the caller gives of ONNX Runtime: a session over the model file, and how a tensor is made. */
export interface OnnxModel {
  readonly session: OnnxSession
  /** Usually `(data, dims) => new ort.Tensor('float32', data, dims)`. */
  readonly tensor: (data: Float32Array, dims: readonly number[]) => OnnxTensor
}

/** Floats of an output. Throws when the model has none of that name. */
export function floatsOf(outputs: Readonly<Record<string, OnnxTensor>>, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new Error(`The turn model gives no floats named ${name}.`)
  return data
}
