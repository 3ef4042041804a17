import type { MemoryChange } from '@parley/core/session'
import type { ContextEntry, FactStore } from '@parley/core/storage'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'

/** Who hears of changes: a conversation, and who speaks in it. */
export interface Concern {
  readonly conversationId: string
  readonly person: string | undefined
}

/**
 * Takes what is changed over REST to the sessions of this process that run. A session of another gateway of a cluster
 * finds out by itself, when it next stores or learns something.
 */
export interface MemoryNews {
  /** Gives the way to end it. */
  listen(concern: Concern, changed: (change: MemoryChange) => void): () => void
  /** Entries were written to a conversation. */
  written(conversationId: string, entries: readonly ContextEntry[]): void
  /** Other facts are known of a person: they are read if anybody wants to hear of them. Never rejects. */
  personChanged(person: string): Promise<void>
}

interface Listener {
  readonly concern: Concern
  readonly changed: (change: MemoryChange) => void
  /** Number of the reading it heard last. */
  heard: number
}

/** Nobody listens yet. */
export function createMemoryNews({
  facts,
  log,
}: {
  readonly facts: FactStore
  readonly log: Log
}): MemoryNews {
  const listeners = new Set<Listener>()
  let readings = 0

  const listening = (isMeant: (concern: Concern) => boolean): readonly Listener[] =>
    [...listeners].filter(({ concern }) => isMeant(concern))

  return {
    listen(concern, changed) {
      const listener: Listener = { concern, changed, heard: 0 }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    written(conversationId, entries) {
      for (const { changed } of listening((concern) => concern.conversationId === conversationId))
        changed({ entries })
    },
    async personChanged(person) {
      const isMeant = (concern: Concern): boolean => concern.person === person
      if (listening(isMeant).length === 0) return
      const reading = (readings += 1)
      try {
        const known = await facts.list(person)
        for (const listener of listening(isMeant)) {
          // One that began later may come first.
          if (listener.heard > reading) continue
          listener.heard = reading
          listener.changed({ person: known })
        }
      } catch (error) {
        log.warn(errorFields(error), 'changed facts of a person not told to sessions')
      }
    },
  }
}
