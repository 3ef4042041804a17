import { deletedItems } from '../erasure.ts'
import { unknownContext } from '../store-errors.ts'
import { entriesThrough } from './entries.ts'
import type { Operation } from './operation.ts'
import type { Operations } from './requests.ts'
import { toAudioNote, toStoredEntries } from './rows.ts'

const noteColumns = 'item_id, content_index, media_type, duration_ms, length(bytes) as byte_length'

/** What is done with kept sound; `place` names the store in errors. */
export function audioOperations(place: string): Pick<Operations, 'putAudio' | 'loadAudio' | 'listAudio'> {
  function* isDeleted(id: string, itemId: string): Operation<boolean> {
    const log = toStoredEntries(yield* entriesThrough(id, Number.MAX_SAFE_INTEGER), place)
    return deletedItems(log).has(itemId)
  }

  return {
    *putAudio({ id, audio }) {
      const [known] = yield { sql: 'select deletions from contexts where id = $1', values: [id] }
      if (known === undefined) throw unknownContext()
      if (Number(known['deletions']) > 0 && (yield* isDeleted(id, audio.itemId))) return undefined
      yield {
        sql: `insert into audio (context_id, item_id, content_index, media_type, duration_ms, bytes)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (context_id, item_id, content_index) do update
        set media_type = excluded.media_type, duration_ms = excluded.duration_ms, bytes = excluded.bytes`,
        values: [id, audio.itemId, audio.contentIndex, audio.mediaType, audio.durationMs, audio.bytes],
      }
      return undefined
    },

    *loadAudio({ id, itemId, contentIndex }) {
      const [row] = yield {
        sql: `select ${noteColumns}, bytes from audio
        where context_id = $1 and item_id = $2 and content_index = $3`,
        values: [id, itemId, contentIndex],
      }
      if (row === undefined) return undefined
      const { mediaType, durationMs } = toAudioNote(row)
      const bytes = row['bytes'] instanceof Uint8Array ? new Uint8Array(row['bytes']) : new Uint8Array()
      return { itemId, contentIndex, mediaType, durationMs, bytes }
    },

    *listAudio({ id }) {
      const rows = yield {
        sql: `select ${noteColumns} from audio where context_id = $1 order by item_id, content_index`,
        values: [id],
      }
      return rows.map(toAudioNote)
    },
  }
}
