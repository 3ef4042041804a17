import { instantiate, type WasmMemory } from '../../wasm/shared-instance.ts'
import { sileroModule } from '../../wasm/silero.generated.ts'
import { sileroRelaxedModule } from '../../wasm/silero-relaxed.generated.ts'
import { contextSamples, frameSamples, stateLength, type SileroNetwork } from './silero-network.ts'
import { windowSamples, type SileroWeights } from './silero-weights.ts'

interface Address {
  readonly value: number
}

/** Exports of the module: addresses in bytes, see its layout. */
interface SileroExports {
  readonly memory: WasmMemory
  prepare(): void
  forward(): number
  readonly INPUT: Address
  readonly STATE: Address
  readonly WINDOW: Address
  readonly TWIDDLES: Address
  readonly REVERSED: Address
  readonly FIRST_WEIGHTS: Address
  readonly FIRST_BIAS: Address
  readonly SECOND_WEIGHTS: Address
  readonly SECOND_BIAS: Address
  readonly THIRD_WEIGHTS: Address
  readonly THIRD_BIAS: Address
  readonly FOURTH_WEIGHTS: Address
  readonly FOURTH_BIAS: Address
  readonly RECURRENT_WEIGHTS: Address
  readonly RECURRENT_BIAS: Address
  readonly OUTPUT_WEIGHTS: Address
  readonly OUTPUT_BIAS: Address
}

/** The network in WebAssembly, an instance a model, collected with it; `undefined` where WebAssembly cannot run. */
export function createWasmNetwork(weights: SileroWeights): SileroNetwork | undefined {
  // Fused multiply-add where the engine has it.
  const module = instantiate<SileroExports>(sileroRelaxedModule) ?? instantiate<SileroExports>(sileroModule)
  if (!module) return undefined
  module.prepare()
  writeTables(module, weights.window)
  writeWeights(module, weights)
  // The memory never grows again, so its views stay.
  const at = (address: Address, length: number): Float32Array =>
    new Float32Array(module.memory.buffer, address.value, length)
  const input = at(module.INPUT, contextSamples + frameSamples)
  const frameInput = input.subarray(contextSamples)
  // The samples of the state are the first of the input.
  const memory = at(module.STATE, stateLength)
  return {
    run(frame, state) {
      memory.set(state)
      frameInput.set(frame)
      const probability = module.forward()
      state.set(memory)
      return probability
    },
    peek(window, state) {
      memory.set(state)
      input.set(window)
      return module.forward()
    },
  }
}

function writeTables({ memory, ...at }: SileroExports, window: Float32Array): void {
  new Float32Array(memory.buffer, at.WINDOW.value, windowSamples).set(window)
  const twiddles = new Float32Array(memory.buffer, at.TWIDDLES.value, windowSamples)
  for (let k = 0; k < 128; k++) {
    const angle = (-2 * Math.PI * k) / windowSamples
    twiddles[2 * k] = Math.cos(angle)
    twiddles[2 * k + 1] = Math.sin(angle)
  }
  const reversed = new Uint16Array(memory.buffer, at.REVERSED.value, 128)
  for (let i = 0; i < 128; i++) {
    let mirror = 0
    for (let bit = 0; bit < 7; bit++) mirror |= ((i >> bit) & 1) << (6 - bit)
    reversed[i] = mirror * 32
  }
}

/** Weight of an output, from an input at a tap. */
type WeightAt = (output: number, input: number, tap: number) => number

interface Packing {
  readonly outputs: number
  readonly inputs: number
  readonly taps: number
  /** Outputs that the module works on at once. */
  readonly block: number
}

function writeWeights({ memory, ...at }: SileroExports, weights: SileroWeights): void {
  const write = (address: Address, values: Float32Array): void =>
    new Float32Array(memory.buffer, address.value, values.length).set(values)
  const { first, second, third, fourth, output } = weights

  const firstShape = { outputs: 128, inputs: 129, taps: 3, block: 4 }
  write(at.FIRST_WEIGHTS, packed(firstShape, convolution(first.weights, firstShape)))
  write(at.FIRST_BIAS, first.bias)
  const secondShape = { outputs: 64, inputs: 128, taps: 3, block: 16 }
  write(at.SECOND_WEIGHTS, packed(secondShape, convolution(second.weights, secondShape)))
  write(at.SECOND_BIAS, second.bias)
  // Both times of the second layer, one after the other, meet the second and the third tap; the first meets padding.
  const thirdShape = { outputs: 64, inputs: 128, taps: 1, block: 32 }
  const thirdWeight: WeightAt = (o, i) => third.weights[o * 192 + (i % 64) * 3 + (i < 64 ? 1 : 2)] ?? NaN
  write(at.THIRD_WEIGHTS, packed(thirdShape, thirdWeight))
  write(at.THIRD_BIAS, third.bias)
  // One value in time: only the tap in the middle meets it.
  const fourthShape = { outputs: 128, inputs: 64, taps: 1, block: 32 }
  write(
    at.FOURTH_WEIGHTS,
    packed(fourthShape, (o, i) => fourth.weights[o * 192 + i * 3 + 1] ?? NaN),
  )
  write(at.FOURTH_BIAS, fourth.bias)

  const recurrentShape = { outputs: 512, inputs: 256, taps: 1, block: 32 }
  const { inputWeights, hiddenWeights, gateBias } = weights
  const recurrentWeight: WeightAt = (o, i) =>
    (i < 128 ? inputWeights[gateRow(o) * 128 + i] : hiddenWeights[gateRow(o) * 128 + i - 128]) ?? NaN
  write(at.RECURRENT_WEIGHTS, packed(recurrentShape, recurrentWeight))
  write(
    at.RECURRENT_BIAS,
    Float32Array.from(gateBias, (_, o) => gateBias[gateRow(o)] ?? NaN),
  )
  write(at.OUTPUT_WEIGHTS, output.weights)
  write(at.OUTPUT_BIAS, output.bias)
}

/** Blocks of 8 units, all four gates of a unit in one block; the file has all units of a gate together. */
function gateRow(place: number): number {
  const unit = (place >> 5) * 8 + (place & 7)
  const gate = (place >> 3) & 3
  return gate * 128 + unit
}

function convolution(weights: Float32Array, { inputs, taps }: Packing): WeightAt {
  return (output, input, tap) => weights[(output * inputs + input) * taps + tap] ?? NaN
}

/** Blocks of outputs; in them inputs, taps, and the outputs of the block side by side: a vector of outputs at a time. */
function packed({ outputs, inputs, taps, block }: Packing, weightAt: WeightAt): Float32Array {
  const values = new Float32Array(outputs * inputs * taps)
  let place = 0
  for (let start = 0; start < outputs; start += block) {
    for (let input = 0; input < inputs; input++) {
      for (let tap = 0; tap < taps; tap++) {
        for (let output = start; output < start + block; output++) {
          values[place++] = weightAt(output, input, tap)
        }
      }
    }
  }
  return values
}
