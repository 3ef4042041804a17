import type { Usage } from '../../events/response.ts'

/** The sum of what both legs counted; what neither counts stays absent. */
export function sumUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (!a || !b) return a ?? b
  const [inA, inB] = [a.input_token_details, b.input_token_details]
  const [outA, outB] = [a.output_token_details, b.output_token_details]
  const [cachedA, cachedB] = [inA?.cached_tokens_details, inB?.cached_tokens_details]
  const kinds = ['text_tokens', 'audio_tokens', 'image_tokens'] as const
  return {
    ...sums(a, b, ['total_tokens', 'input_tokens', 'output_tokens']),
    ...((inA || inB) && {
      input_token_details: {
        ...sums(inA, inB, [...kinds, 'cached_tokens']),
        ...((cachedA || cachedB) && { cached_tokens_details: sums(cachedA, cachedB, kinds) }),
      },
    }),
    ...((outA || outB) && { output_token_details: sums(outA, outB, ['text_tokens', 'audio_tokens']) }),
  }
}

function sums<Field extends string>(
  a: { readonly [Key in Field]?: number | undefined } | null | undefined,
  b: { readonly [Key in Field]?: number | undefined } | null | undefined,
  fields: readonly Field[],
): Record<string, number> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const [left, right] = [a?.[field], b?.[field]]
      return left === undefined && right === undefined ? [] : [[field, (left ?? 0) + (right ?? 0)]]
    }),
  )
}
