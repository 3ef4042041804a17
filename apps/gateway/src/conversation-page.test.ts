import { describe, expect, it } from 'vitest'
import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { conversationPage } from './conversation-page.ts'
import type { LoadSound } from './conversation-page.ts'

const noSound: LoadSound = async () => undefined

async function pageOf(
  conversation: Partial<ConversationDocument>,
  loadSound: LoadSound = noSound,
): Promise<string> {
  const empty = {
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    items: [],
    responses: [],
    life: [],
    facts: [],
    audio: [],
  }
  const pieces = conversationPage({ id: 'conv_1', ...empty, ...conversation }, loadSound, {
    language: 'en',
    titleOf: (name) => (name === 'local' ? 'Local' : name),
  })
  return (await Array.fromAsync(pieces)).join('')
}

function said(role: 'user' | 'assistant', text: string, more: Partial<DocumentItem> = {}): DocumentItem {
  const item: DocumentItem['item'] =
    role === 'user'
      ? { id: 'item_user', type: 'message', role, content: [{ type: 'input_text', text }] }
      : { id: 'item_answer', type: 'message', role, content: [{ type: 'output_audio', transcript: text }] }
  return { at: 0, item, ...more }
}

describe('conversationPage', () => {
  it('says who said what, and when', async () => {
    const page = await pageOf({
      items: [said('user', 'Hello'), said('assistant', 'Good day', { at: 61_000 })],
    })

    expect(page).toMatch(/<li class="user"><p class="who"[^>]*>You <time [^>]*>1 Jan 1970, 00:00 UTC/)
    expect(page).toMatch(/Parley <time datetime="1970-01-01T00:01:01.000Z">.*Good day/s)
  })

  it('strikes out what nobody heard, and whole parts behind the cut', async () => {
    const page = await pageOf({
      items: [
        said('assistant', 'One two three', { heard: { contentIndex: 0, audioEndMs: 9, transcript: 'One ' } }),
      ],
    })

    expect(page).toContain('One <s title="Not heard">two three</s>')
  })

  it('lets nothing that was said become markup, and runs no script', async () => {
    const evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    const page = await pageOf({
      id: 'conv_1',
      items: [
        said('user', evil),
        { at: 0, item: { type: 'function_call', name: evil, call_id: 'c', arguments: evil } },
        {
          at: 0,
          item: {
            type: 'message',
            role: 'user',
            content: [{ type: 'input_image', image_url: 'data:text/html,x"onerror="y' }],
          },
        },
      ],
      facts: [{ id: 'fact_1', text: evil }],
      life: [{ event: 'migrated', backend: evil, at: 0 }],
      summary: { at: 0, throughItemId: 'item_user', text: evil, by: 'extractive' },
    })

    expect(page).not.toMatch(/<script|<img|onerror="y/)
    expect(page.match(/&lt;script&gt;/g)).toHaveLength(8)
  })

  it('loads nothing from anywhere', async () => {
    const page = await pageOf({ items: [said('user', 'Hello')] })

    expect(page).not.toMatch(/https?:|url\(|@import|<link/)
  })

  it('plays kept sound that is sound', async () => {
    const note = { itemId: 'item_user', contentIndex: 0, durationMs: 20, byteLength: 3 }
    const sound =
      (mediaType: string): LoadSound =>
      async (part) => ({ ...part, mediaType, bytes: new Uint8Array(3) })
    const conversation = { items: [said('user', 'Hello')], audio: [{ ...note, mediaType: 'audio/wav' }] }

    expect(await pageOf(conversation, sound('audio/wav'))).toContain('src="data:audio/wav;base64,AAAA"')
    expect(await pageOf(conversation, sound('text/html'))).not.toContain('<audio')
    expect(await pageOf(conversation)).not.toContain('<audio')
  })

  it('puts what happened to the session where it happened', async () => {
    const page = await pageOf({
      items: [said('user', 'Before', { at: 10 }), said('assistant', 'After', { at: 30 })],
      life: [{ event: 'migrated', backend: 'local', at: 20, detail: 'failover' }],
    })

    expect(page).toMatch(/Before.*Local goes on\..*After/s)
  })
})
