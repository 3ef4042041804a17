/** The words of one spoken message: written by the mind, told to the client with their sound. */
export interface SpokenPart {
  readonly itemId: string
  readonly outputIndex: number
  readonly contentIndex: number
  written: string
  told: string
  /** Sound sent so far (ms). */
  soundMs: number
  /** Clauses that were told, with the end of their sound. */
  readonly clauses: { readonly text: string; endMs: number }[]
}

/** A part of which nothing is written yet. */
export function emptyPart(fields: {
  readonly item_id: string
  readonly output_index: number
  readonly content_index: number
}): SpokenPart {
  return {
    itemId: fields.item_id,
    outputIndex: fields.output_index,
    contentIndex: fields.content_index,
    written: '',
    told: '',
    soundMs: 0,
    clauses: [],
  }
}

/** The clauses that were heard to their end before `audioEndMs`. */
export function wordsBefore({ clauses }: SpokenPart, audioEndMs: number): string {
  return clauses
    .filter(({ endMs }) => endMs <= audioEndMs)
    .map(({ text }) => text)
    .join('')
}
