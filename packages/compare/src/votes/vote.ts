import * as z from 'zod'

/** Reasons a vote may give, as they are kept; what each is called is up to who shows it. */
export const voteReasons = [
  'faster',
  'more_natural',
  'better_voice',
  'more_correct',
  'shorter',
  'more_helpful',
  'took_turns_better',
  'understood_better',
  'sounded_clearer',
] as const

/** One reason of the list. */
export type VoteReason = (typeof voteReasons)[number]

/** One blind choice between the lanes of a comparison. */
export const Vote = z.object({
  id: z.string().min(1),
  /** Unix ms. */
  at: z.number(),
  comparisonId: z.string(),
  /** Name of the scenario; absent for a live comparison. */
  scenario: z.string().exactOptional(),
  /** Labels of the lanes in the order in which they were shown. */
  lanes: z.array(z.string()).min(2),
  /** Label of the best lane; a tie when none was better; none when none was good enough to choose. */
  choice: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('lane'), label: z.string() }),
    z.object({ kind: z.literal('tie') }),
    z.object({ kind: z.literal('none') }),
  ]),
  reasons: z.array(z.enum(voteReasons)),
  /** In the person's own words. */
  note: z.string().max(2000).exactOptional(),
})
/** One blind choice between the lanes of a comparison, as it is kept. */
export type Vote = z.infer<typeof Vote>

/** Labels in random order (Fisher-Yates), each order as likely as any other; `random` gives numbers in [0, 1). */
export function blindOrder(labels: readonly string[], random: () => number): readonly string[] {
  const order = [...labels]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] ?? '', order[last] ?? '']
  }
  return order
}
