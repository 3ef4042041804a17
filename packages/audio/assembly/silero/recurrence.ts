import { multiplyAdd, relu, sigmoid, tanh } from './arithmetic'
import {
  OUTPUT_BIAS,
  OUTPUT_WEIGHTS,
  RECURRENT_BIAS,
  RECURRENT_INPUT,
  RECURRENT_WEIGHTS,
  STATE,
} from './layout'

/** The long short-term memory: new hidden and cell values. The four gates of 8 units at a time. */
export function remember(): void {
  memory.copy(RECURRENT_INPUT + 512, STATE, 512)
  let weight = RECURRENT_WEIGHTS
  for (let block: usize = 0; block < 16; block++) {
    const bias = RECURRENT_BIAS + (block << 7)
    let inputA = v128.load(bias)
    let inputB = v128.load(bias, 16)
    let forgetA = v128.load(bias, 32)
    let forgetB = v128.load(bias, 48)
    let cellA = v128.load(bias, 64)
    let cellB = v128.load(bias, 80)
    let outputA = v128.load(bias, 96)
    let outputB = v128.load(bias, 112)
    for (let at = RECURRENT_INPUT; at < RECURRENT_INPUT + 1024; at += 4) {
      const x = v128.load32_splat(at)
      inputA = multiplyAdd(v128.load(weight), x, inputA)
      inputB = multiplyAdd(v128.load(weight, 16), x, inputB)
      forgetA = multiplyAdd(v128.load(weight, 32), x, forgetA)
      forgetB = multiplyAdd(v128.load(weight, 48), x, forgetB)
      cellA = multiplyAdd(v128.load(weight, 64), x, cellA)
      cellB = multiplyAdd(v128.load(weight, 80), x, cellB)
      outputA = multiplyAdd(v128.load(weight, 96), x, outputA)
      outputB = multiplyAdd(v128.load(weight, 112), x, outputB)
      weight += 128
    }
    const units = STATE + (block << 5)
    update(units, inputA, forgetA, cellA, outputA)
    update(units + 16, inputB, forgetB, cellB, outputB)
  }
}

// @ts-ignore: decorator
@inline
function update(units: usize, input: v128, forget: v128, cell: v128, output: v128): void {
  const kept = f32x4.mul(sigmoid(forget), v128.load(units, 512))
  const fresh = f32x4.add(kept, f32x4.mul(sigmoid(input), tanh(cell)))
  v128.store(units, fresh, 512)
  v128.store(units, f32x4.mul(sigmoid(output), tanh(fresh)))
}

export function probability(): f32 {
  let sum = f32x4.splat(0)
  for (let i: usize = 0; i < 512; i += 16) {
    sum = multiplyAdd(v128.load(OUTPUT_WEIGHTS + i), relu(v128.load(STATE + i)), sum)
  }
  const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
  const whole = f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2))
  return f32x4.extract_lane(sigmoid(f32x4.add(whole, v128.load32_splat(OUTPUT_BIAS))), 0)
}
