import { z } from 'zod'

/** Longest fact a person can write (characters). */
const longestFact = 500

/** Body of a request that writes a fact. */
export const FactText = z.strictObject({
  text: z
    .string('The text is what is to be remembered.')
    .trim()
    .min(1, 'The text is what is to be remembered; it cannot be empty.')
    .max(longestFact, `A fact has at most ${longestFact} characters.`),
})
