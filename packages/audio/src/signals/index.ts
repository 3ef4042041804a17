export { overNoise, type OverNoiseOptions } from './over-noise.ts'
export { seededRandom } from './random.ts'
export { roomNoise, type RoomNoiseKind, type RoomNoiseOptions } from './room-noise.ts'
export { tone, type ToneOptions } from './tone.ts'
