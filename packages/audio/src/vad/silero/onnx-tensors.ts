/** A tensor of 32-bit floats out of a model file. */
export interface FloatTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Where a graph keeps its constants: the field numbers of onnx.proto. */
const modelGraph = 7
const graphNode = 1
const graphInitializer = 5
const nodeOutput = 2
const nodeAttribute = 5
const attributeTensor = 5
const attributeGraph = 6
const tensorDimensions = 1
const tensorType = 2
const tensorFloats = 4
const tensorName = 8
const tensorBytes = 9
const typeFloat = 1

type Visit = (field: number, value: Uint8Array | number) => void

/**
 * All float tensors of an ONNX file by name, those inside the branches of its `If` nodes too. A constant of a node
 * goes by the name of the node's output, which is unique. Throws `RangeError` for bytes that are no such file.
 */
export function readOnnxTensors(file: Uint8Array): ReadonlyMap<string, FloatTensor> {
  const tensors = new Map<string, FloatTensor>()
  eachField(file, (field, value) => {
    if (field === modelGraph) readGraph(message(value), tensors)
  })
  return tensors
}

function readGraph(graph: Uint8Array, tensors: Map<string, FloatTensor>): void {
  eachField(graph, (field, value) => {
    if (field === graphInitializer) addTensor(message(value), undefined, tensors)
    if (field === graphNode) readNode(message(value), tensors)
  })
}

function readNode(node: Uint8Array, tensors: Map<string, FloatTensor>): void {
  let output = ''
  eachField(node, (field, value) => {
    if (field === nodeOutput) output ||= ascii(message(value))
  })
  eachField(node, (field, attribute) => {
    if (field !== nodeAttribute) return
    eachField(message(attribute), (kind, value) => {
      if (kind === attributeTensor) addTensor(message(value), output, tensors)
      if (kind === attributeGraph) readGraph(message(value), tensors)
    })
  })
}

function addTensor(
  tensor: Uint8Array,
  givenName: string | undefined,
  tensors: Map<string, FloatTensor>,
): void {
  const shape: number[] = []
  let name = givenName
  let type = 0
  let bytes: Uint8Array | undefined
  eachField(tensor, (field, value) => {
    if (field === tensorDimensions) shape.push(...(typeof value === 'number' ? [value] : varints(value)))
    if (field === tensorType) type = Number(value)
    if (field === tensorName) name ??= ascii(message(value))
    // Both forms are little-endian floats one after another.
    if (field === tensorBytes || field === tensorFloats) bytes = message(value)
  })
  if (type !== typeFloat || !bytes || name === undefined) return
  // A copy, because floats must lie at a multiple of four bytes (`slice` of a Node buffer is none).
  tensors.set(name, { shape, values: new Float32Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 2) })
}

function eachField(bytes: Uint8Array, visit: Visit): void {
  for (let at = 0; at < bytes.length;) {
    const key = varint(bytes, at)
    at = key.end
    const field = Math.floor(key.value / 8)
    const wireType = key.value % 8
    if (wireType === 0) {
      const { value, end } = varint(bytes, at)
      visit(field, value)
      at = end
      continue
    }
    const length = wireType === 2 ? varint(bytes, at) : { value: fixedLength(wireType), end: at }
    at = length.end + length.value
    if (at > bytes.length) throw new RangeError('The ONNX file ends in the middle of a field.')
    visit(field, bytes.subarray(length.end, at))
  }
}

function fixedLength(wireType: number): number {
  if (wireType === 1) return 8
  if (wireType === 5) return 4
  throw new RangeError('The bytes are no ONNX file.')
}

/** As a double: numbers over 2^53, of which a model needs none, lose their last bits. */
function varint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let end = start, scale = 1; end < start + 10; scale *= 128) {
    const byte = bytes[end]
    if (byte === undefined) break
    end += 1
    value += (byte & 127) * scale
    if (byte < 128) return { value, end }
  }
  throw new RangeError('The bytes are no ONNX file.')
}

function varints(bytes: Uint8Array): number[] {
  const values: number[] = []
  for (let at = 0; at < bytes.length;) {
    const { value, end } = varint(bytes, at)
    values.push(value)
    at = end
  }
  return values
}

function message(value: Uint8Array | number): Uint8Array {
  if (typeof value === 'number') throw new RangeError('The bytes are no ONNX file.')
  return value
}

/** Names of tensors are ASCII in every model; anything else would only be another name. */
function ascii(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
