import type { LaneLink, Words } from './lane-link.ts'

/** How long a wait lasts in which nothing comes of an answer, ms. */
export const answerLimitMs = 15_000

/** How long the transcript of the last words may take after the last answer, ms. */
const transcriptLimitMs = 3000

/** What the person last asked, and whether it was answered. */
export interface Turn {
  /** The words just said or typed want an answer. */
  begin(): void
  /** No answer is wanted any more. */
  give(): void
  isAnswered(): boolean
  /** Waits until `check` holds; gives up when nothing comes of an answer for the limit. */
  progressUntil(check: () => boolean): Promise<boolean>
  answered(): Promise<void>
  firstSound(): Promise<void>
  /** At the end: waits for the answer, if one is due, for sound and for the last transcript. */
  rest(): Promise<void>
}

/** A turn in which nothing was asked yet. */
export function createTurn(link: LaneLink): Turn {
  const { conversation, player } = link
  let words: Words = { from: 0, to: 0 }
  let isDue = false

  function isQuiet(): boolean {
    const at = link.at()
    return !conversation.isBusy(at) && !player.isSounding(at)
  }

  /** An answer to these words goes on beyond them; one the backend withdrew before it was heard is none. */
  function isAnswered(): boolean {
    return (
      isQuiet() &&
      conversation.answers.some(({ createdAt, doneAt, soundEndAt, cutAt, status }) => {
        const endedAt = cutAt ?? Math.max(doneAt ?? 0, soundEndAt ?? 0)
        return (
          createdAt >= words.from && endedAt >= words.to && (status !== 'cancelled' || cutAt !== undefined)
        )
      })
    )
  }

  async function progressUntil(check: () => boolean): Promise<boolean> {
    const since = link.at()
    const limit = (): number => Math.max(since, conversation.activeAt, player.endsAt) + answerLimitMs
    let isGivenUp = false
    await link.until(() => check() || (isGivenUp = link.at() >= limit()))
    return !isGivenUp
  }

  async function orWarn(check: () => boolean, text: string): Promise<void> {
    const isMet = await progressUntil(check)
    if (!isMet) link.mark({ type: 'warning', at: link.at(), code: 'no_answer', text })
  }

  return {
    begin() {
      words = link.words ?? words
      isDue = true
    },
    give() {
      isDue = false
    },
    isAnswered,
    progressUntil,
    async answered() {
      isDue = false
      await orWarn(isAnswered, `No answer ended within ${answerLimitMs / 1000} s.`)
    },
    async firstSound() {
      const isSounding = (): boolean =>
        conversation.answers.some(
          ({ createdAt, firstSoundAt }) => createdAt >= words.from && firstSoundAt !== undefined,
        )
      await orWarn(() => isSounding() || isAnswered(), `No answer sounded within ${answerLimitMs / 1000} s.`)
    },
    async rest() {
      if (isDue) await this.answered()
      else await progressUntil(isQuiet)
      if (!link.wantsTranscript) return
      await link.until(() => !conversation.person.awaitsTranscript, link.at() + transcriptLimitMs)
    },
  }
}

/** Waits until the last words, spoken or typed, are answered. */
export async function endOfAnswers(link: LaneLink): Promise<void> {
  await link.until(() => link.words?.to !== Infinity)
  const turn = createTurn(link)
  if (link.words) turn.begin()
  await turn.rest()
}
