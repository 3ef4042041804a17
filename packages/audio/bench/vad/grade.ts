import type { Target } from '../section.ts'

/** What a figure reaches of which less is better. */
export function grade(value: number, must: number, aim: number): Target['met'] {
  return value <= aim ? 'aim' : value <= must ? 'must' : 'missed'
}
