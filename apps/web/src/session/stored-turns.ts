import type { StoredConversation } from '../gateway-client.ts'
import { itemText, roleOfItem } from './item-text.ts'
import { noticeOfLife } from './notice.ts'
import { noticeTurn, type Turn } from './turns.ts'

/** A stored conversation as turns, with the parts that were not heard and where another backend went on. */
export function storedTurns(conversation: StoredConversation): readonly Turn[] {
  const answerOf = new Map(
    (conversation.responses ?? []).flatMap((answer) => (answer.itemIds ?? []).map((id) => [id, answer])),
  )
  const turns = conversation.items.flatMap(({ item, at, heard }) => {
    const role = roleOfItem(item)
    if (role === undefined || item.id === undefined) return []
    const text = itemText(item)
    const status = text === '' && role === 'user' ? 'failed' : 'done'
    const sound = conversation.audio?.find(({ itemId }) => itemId === item.id)?.contentIndex
    const answer = answerOf.get(item.id)
    const turn: Turn = {
      itemId: item.id,
      role,
      text,
      status,
      heard: heard?.transcript,
      at,
      latency: undefined,
      // The backend or the gateway dropped out in the middle of it.
      ...(answer?.status === 'failed' && text !== '' && { brokeOff: true }),
      ...(answer && { by: { backend: answer.backend, model: answer.model } }),
    }
    return [sound === undefined ? turn : { ...turn, sound }]
  })
  return storedNotices(conversation).reduce<readonly Turn[]>((all, notice) => {
    const place = all.findIndex(({ at }) => at > notice.at)
    return place < 0 ? [...all, notice] : all.toSpliced(place, 0, notice)
  }, turns)
}

function storedNotices({ life = [], responses = [] }: StoredConversation): readonly Turn[] {
  const seen = [...life, ...responses].toSorted((a, b) => a.at - b.at)
  return life.flatMap((event) => {
    // Who answered, or was connected, last.
    const before = seen.slice(0, seen.indexOf(event)).findLast(({ backend }) => backend !== undefined)
    const from = before?.backend === undefined ? undefined : { backend: before.backend, model: before.model }
    const notice = noticeOfLife(event, from)
    return notice ? [noticeTurn(notice, event.at)] : []
  })
}
