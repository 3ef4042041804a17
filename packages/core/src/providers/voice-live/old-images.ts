import type { ClientEvent } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'

/** Versions before `2026-06-01-preview` call the address of an image `url`. */
export function nameImagesAsBefore(event: ClientEvent): ClientEvent {
  if (event.type === 'conversation.item.create') return { ...event, item: withOldImages(event.item) }
  if (event.type === 'response.create' && event.response?.input) {
    const input = event.response.input.map((item) =>
      item.type === 'item_reference' ? item : withOldImages(item),
    )
    return { ...event, response: { ...event.response, input } }
  }
  return event
}

function withOldImages(item: Item): Item {
  if (item.type !== 'message' || item.role !== 'user') return item
  const content = item.content.map((part) => {
    if (part.type !== 'input_image') return part
    const { image_url: url, ...rest } = part
    return { ...rest, url }
  })
  return { ...item, content }
}
