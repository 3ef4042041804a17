import { describe, expect, it } from 'vitest'
import { readOnnxTensors } from './onnx-tensors.ts'

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
const field = (number: number, content: readonly number[] | number): number[] =>
  typeof content === 'number'
    ? [...varint(number * 8), ...varint(content)]
    : [...varint(number * 8 + 2), ...varint(content.length), ...content]
const text = (value: string): number[] => [...new TextEncoder().encode(value)]
const floats = (...values: number[]): number[] => [...new Uint8Array(Float32Array.from(values).buffer)]
const model = (...graph: number[][]): Uint8Array => Uint8Array.from(field(7, graph.flat()))

describe('readOnnxTensors', () => {
  it('finds initializers, with raw and with listed floats', () => {
    const raw = [
      ...field(1, 2),
      ...field(1, 1),
      ...field(2, 1),
      ...field(8, text('a')),
      ...field(9, floats(1, 2)),
    ]
    const listed = [...field(1, [3]), ...field(2, 1), ...field(4, floats(3, 4, 5)), ...field(8, text('b'))]
    const tensors = readOnnxTensors(model(field(5, raw), field(5, listed)))
    expect(tensors.get('a')).toEqual({ shape: [2, 1], values: Float32Array.of(1, 2) })
    expect(tensors.get('b')).toEqual({ shape: [3], values: Float32Array.of(3, 4, 5) })
  })

  it('finds constants in the branches of a node, by the name of their output', () => {
    const tensor = [...field(1, 1), ...field(2, 1), ...field(8, text('inner')), ...field(9, floats(7))]
    const constant = [...field(5, field(5, tensor)), ...field(2, text('branch.weight'))]
    const branch = field(1, constant)
    const choice = field(5, field(6, branch))
    const tensors = readOnnxTensors(model(field(1, choice)))
    expect([...tensors]).toEqual([['branch.weight', { shape: [1], values: Float32Array.of(7) }]])
  })

  it('leaves out tensors of other types and skips what it does not know', () => {
    const integers = [...field(2, 7), ...field(8, text('n')), ...field(9, [1, 0, 0, 0, 0, 0, 0, 0])]
    const unknown = [...varint(99 * 8 + 1), 1, 2, 3, 4, 5, 6, 7, 8, ...varint(98 * 8 + 5), 1, 2, 3, 4]
    expect(readOnnxTensors(model(field(5, integers), unknown)).size).toBe(0)
  })

  it.each([
    ['a file that was cut off', [58, 200, 1, 0]],
    ['a number without an end', [58, 255]],
    ['an unknown kind of field', [7]],
    ['a number where a graph belongs', field(7, 5)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readOnnxTensors(Uint8Array.from(bytes))).toThrow(RangeError)
  })
})
