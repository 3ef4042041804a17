import type { StoredConversation } from '../gateway-client.ts'
import { itemText, roleOfItem } from './item-text.ts'
import type { Turn } from './turns.ts'

/** A stored conversation as turns, with the parts that were not heard. */
export function storedTurns(conversation: StoredConversation): readonly Turn[] {
  return conversation.items.flatMap(({ item, at, heard }) => {
    const role = roleOfItem(item)
    if (role === undefined || item.id === undefined) return []
    const text = itemText(item)
    const status = text === '' && role === 'user' ? 'failed' : 'done'
    const sound = conversation.audio?.find(({ itemId }) => itemId === item.id)?.contentIndex
    const turn: Turn = {
      itemId: item.id,
      role,
      text,
      status,
      heard: heard?.transcript,
      at,
      latency: undefined,
    }
    return [sound === undefined ? turn : { ...turn, sound }]
  })
}
