import type { Response } from '../../events/response.ts'
import type { Modality } from './session-split.ts'
import type { VoiceOverride } from './voice-leg.ts'

/** What a `response.create` asked of the voice. */
export interface PendingCreate {
  readonly eventId: string | undefined
  readonly outOfBand: boolean
  /** Asked for, if it was. */
  readonly modality: Modality | undefined
  readonly override: VoiceOverride | undefined
}

/** Requests for answers that the mind has not begun. It answers them in their order. */
export interface PendingCreates {
  add(create: PendingCreate): void
  /** The request that a response answers, `undefined` for one the mind began by itself. */
  answered(response: Response): PendingCreate | undefined
  /** The mind refused the event of this id. */
  refused(eventId: string | undefined): void
}

/** Creates an empty list. */
export function createPendingCreates(): PendingCreates {
  let pending: readonly PendingCreate[] = []
  return {
    add(create) {
      pending = [...pending, create]
    },
    answered({ conversation_id }) {
      // Minds that do not name the conversation answer in order all the same.
      const fits = ({ outOfBand }: PendingCreate): boolean =>
        conversation_id === undefined || outOfBand === (conversation_id === null)
      const create = pending.find(fits)
      pending = pending.filter((other) => other !== create)
      return create
    },
    refused(eventId) {
      if (eventId !== undefined) pending = pending.filter((create) => create.eventId !== eventId)
    },
  }
}
