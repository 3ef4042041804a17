import { unknownContext } from '../store-errors.ts'
import type { Operations } from './requests.ts'
import { toAudioNote } from './rows.ts'

const noteColumns = 'item_id, content_index, media_type, duration_ms, length(bytes) as byte_length'

/** What is done with kept sound. */
export const audioOperations: Pick<Operations, 'putAudio' | 'loadAudio' | 'listAudio'> = {
  *putAudio({ id, audio }) {
    const known = yield { sql: 'select id from contexts where id = $1', values: [id] }
    if (known.length === 0) throw unknownContext()
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
