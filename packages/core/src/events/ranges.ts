import { z } from 'zod'

/** A number of a closed range; the error says the range. */
export function numberBetween(minimum: number, maximum: number): z.ZodNumber {
  const error = `Expected a number from ${minimum} to ${maximum}.`
  return z.number(error).min(minimum, error).max(maximum, error)
}

/** An integer of a closed range; the error says the range. */
export function integerBetween(
  minimum: number,
  maximum: number,
  error = `Expected an integer from ${minimum} to ${maximum}.`,
): z.ZodNumber {
  return z.number(error).int(error).min(minimum, error).max(maximum, error)
}

/** An integer of 0 or more, for times and indexes. */
export function naturalNumber(): z.ZodNumber {
  const error = 'Expected an integer of 0 or more.'
  return z.number(error).int(error).min(0, error)
}
