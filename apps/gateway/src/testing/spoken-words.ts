import { z } from 'zod'

/** The words of a response, wherever its dialect has them. */
export function wordsOf(response: unknown): string {
  const part = z.object({ transcript: z.string().nullish(), text: z.string().nullish() })
  const parsed = z
    .object({ output: z.array(z.object({ content: z.array(part).optional() })) })
    .parse(response)
  return parsed.output
    .flatMap(({ content = [] }) => content.map(({ transcript, text }) => transcript ?? text ?? ''))
    .join(' ')
}
