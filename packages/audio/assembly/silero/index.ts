import { encode } from './encoder'
import { END, INPUT } from './layout'
import { probability, remember } from './recurrence'
import { spectra } from './spectrum'

export {
  FIRST_BIAS,
  FIRST_WEIGHTS,
  FOURTH_BIAS,
  FOURTH_WEIGHTS,
  INPUT,
  OUTPUT_BIAS,
  OUTPUT_WEIGHTS,
  RECURRENT_BIAS,
  RECURRENT_WEIGHTS,
  REVERSED,
  SECOND_BIAS,
  SECOND_WEIGHTS,
  STATE,
  THIRD_BIAS,
  THIRD_WEIGHTS,
  TWIDDLES,
  WINDOW,
} from './layout'

/** Takes the memory that a model needs; once, before anything is written. */
export function prepare(): void {
  memory.grow(<i32>((END + 65535) >> 16) - memory.size())
}

/**
 * Runs the 576 samples at `INPUT` over the state at `STATE`, moves the state on, its samples included, and gives the
 * probability of speech.
 */
export function forward(): f32 {
  spectra()
  encode()
  remember()
  memory.copy(INPUT, INPUT + 512 * 4, 64 * 4)
  return probability()
}
