import type { LaneRun } from '../run/lane-run.ts'
import type { Mark } from '../run/mark.ts'

/** One response of the backend, as the marks of its id tell it. Times are ms on the lane's axis. */
export interface Answer {
  readonly responseId: string
  /** First sign of it. */
  readonly createdAt: number
  readonly firstTextAt: number | undefined
  readonly firstSoundAt: number | undefined
  /** When a listener noticed it: its first sound; its first text in a run that has no sound at all. */
  readonly beganAt: number | undefined
  /** When it went silent, at its end or because it was cut. */
  readonly silentAt: number | undefined
  readonly cutAt: number | undefined
  readonly toolCalls: number
  /** Everything it said, heard or not. */
  readonly text: string
}

/** The answers of a run in the order in which they were created. */
export function answersOf(run: LaneRun): readonly Answer[] {
  const spoken = run.marks.some(({ type }) => type === 'first_audio' || type === 'first_sound')
  const marksById = Map.groupBy(
    run.marks.filter((mark) => 'responseId' in mark),
    ({ responseId }) => responseId,
  )
  return [...marksById]
    .map(([responseId, marks]) => answerOf(responseId, marks, spoken))
    .toSorted((a, b) => a.createdAt - b.createdAt)
}

function answerOf(responseId: string, marks: readonly Mark[], spoken: boolean): Answer {
  const at = (type: Mark['type']): number | undefined => marks.find((mark) => mark.type === type)?.at
  const firstTextAt = at('first_text')
  const firstSoundAt = at('first_sound')
  const cutAt = at('cut')
  return {
    responseId,
    createdAt: Math.min(...marks.map((mark) => mark.at)),
    firstTextAt,
    firstSoundAt,
    beganAt: spoken ? firstSoundAt : firstTextAt,
    silentAt: cutAt ?? at('sound_end'),
    cutAt,
    toolCalls: marks.filter(({ type }) => type === 'tool_call').length,
    text: marks.find((mark) => mark.type === 'response_done')?.text ?? '',
  }
}
