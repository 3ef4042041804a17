import type { ContextEntry, ContextStore } from '../storage/context-store.ts'
import { writeBehind } from '../storage/write-behind.ts'
import type { ConversationWriter, WriteBehind } from '../storage/write-behind.ts'

/** How long a store without a queue of its own is tried after the end of the session (ms). */
const lastTriesMs = 5_000

/** A writer that continues after `revision`; `noticed` hears what others add beside. A store that has no queue of its own gets one for this conversation. */
export function createContextWriter(
  store: ContextStore | WriteBehind,
  id: string,
  revision: number,
  noticed?: (entries: readonly ContextEntry[]) => void,
): ConversationWriter {
  if ('writer' in store) return store.writer(id, revision, noticed)
  const behind = writeBehind(store)
  const writer = behind.writer(id, revision, noticed)
  return {
    append: (entries) => writer.append(entries),
    close() {
      writer.close()
      void behind.flush(lastTriesMs).then(() => behind.stop())
    },
  }
}
