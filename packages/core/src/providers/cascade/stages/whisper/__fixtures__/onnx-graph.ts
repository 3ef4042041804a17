/** Element types of ONNX tensors. */
const elementTypes = { float: 1, int64: 7, bool: 9 } as const

/** A named tensor; a dimension is a number or a name. */
export interface GraphValue {
  readonly name: string
  readonly type: keyof typeof elementTypes
  readonly shape: readonly (number | string)[]
}

/** A graph small enough to be written by hand in a test. */
export interface OnnxGraph {
  readonly inputs: readonly GraphValue[]
  readonly outputs: readonly GraphValue[]
  readonly nodes: readonly { readonly op: string; readonly inputs: readonly string[]; readonly outputs: readonly string[] }[]
  readonly constants: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array | BigInt64Array }[]
}

/** Writes an ONNX file (protobuf, field numbers of onnx.proto), operators of version 13. */
export function onnxFile({ inputs, outputs, nodes, constants }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) =>
      message(1, [...node.inputs.map((name) => text(1, name)), ...node.outputs.map((name) => text(2, name)), text(4, node.op)]),
    ),
    text(2, 'graph'),
    ...constants.map(({ name, shape, values }) =>
      message(5, [
        ...shape.map((size) => number(1, size)),
        number(2, values instanceof Float32Array ? elementTypes.float : elementTypes.int64),
        text(8, name),
        bytes(9, new Uint8Array(values.buffer)),
      ]),
    ),
    ...inputs.map((value) => message(11, valueInfo(value))),
    ...outputs.map((value) => message(12, valueInfo(value))),
  ]
  return Uint8Array.from([...number(1, 8), ...message(7, graph), ...message(8, [text(1, ''), number(2, 13)])])
}

function valueInfo({ name, type, shape }: GraphValue): readonly number[][] {
  const dimensions = shape.map((size) => message(1, [typeof size === 'number' ? number(1, size) : text(2, size)]))
  return [text(1, name), message(2, [message(1, [number(1, elementTypes[type]), message(2, dimensions)])])]
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}

const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)]
const bytes = (field: number, value: Iterable<number>): number[] => {
  const content = [...value]
  return [...varint(field * 8 + 2), ...varint(content.length), ...content]
}
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value))
const message = (field: number, parts: readonly number[][]): number[] => bytes(field, parts.flat())
