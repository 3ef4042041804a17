import type { ConversationDocument } from '../conversation-document.ts'
import type { Target } from './official-clients.ts'

/** An item of a stored conversation with what was heard of it, as REST tells it; `undefined` without it. */
export async function storedItem(
  { url, conversation }: Pick<Target, 'url' | 'conversation'>,
  itemId: string,
): Promise<ConversationDocument['items'][number] | undefined> {
  const response = await fetch(`${url}/v1/conversations/${conversation}`)
  // The gateway's own document.
  const { items } = (await response.json()) as ConversationDocument
  return items.find(({ item }) => item.id === itemId)
}
