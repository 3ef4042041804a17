import { z } from 'zod'
import { base64Text } from '../../events/audio-payload.ts'
import {
  AssistantMessageItem,
  FunctionCallItem,
  FunctionCallOutputItem,
  InputAudioPart,
  InputImagePart,
  InputTextPart,
  ItemReference,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
  McpCallItem,
  McpListToolsItem,
  SystemMessageItem,
  UserMessageItem,
  type AssistantContentPart,
  type Item,
} from '../../events/items.ts'
import { isObject } from '../json-object.ts'

/** Text of the assistant, `output_text` in GA. */
export const FlatTextPart = z.looseObject({ type: z.literal('text'), text: z.string() })

/** Speech of the assistant, `output_audio` in GA. */
export const FlatAudioPart = z.looseObject({
  type: z.literal('audio'),
  audio: base64Text.nullish(),
  transcript: z.string().nullish(),
})

/** An image of the user; Voice Live before June 2026 says `url`. */
const FlatImagePart = InputImagePart.extend({ url: z.string().nullish() })

const FlatUserMessage = UserMessageItem.extend({
  content: z.array(z.discriminatedUnion('type', [InputTextPart, InputAudioPart, FlatImagePart])),
})
const FlatAssistantMessage = AssistantMessageItem.extend({
  content: z.array(z.discriminatedUnion('type', [FlatTextPart, FlatAudioPart])),
})
type FlatAssistantPart = z.infer<typeof FlatAssistantMessage>['content'][number]

/** An item on a flat wire: as GA's, but for the content types of the assistant. */
export const FlatItem = z.discriminatedUnion('type', [
  z.discriminatedUnion('role', [SystemMessageItem, FlatUserMessage, FlatAssistantMessage]),
  FunctionCallItem,
  FunctionCallOutputItem,
  McpListToolsItem,
  McpCallItem,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
])
export type FlatItem = z.infer<typeof FlatItem>

/** An item, or its id in the `input` of a response. */
export const FlatInputItem = z.discriminatedUnion('type', [FlatItem, ItemReference])
export type FlatInputItem = z.infer<typeof FlatInputItem>

const itemTypes: ReadonlySet<unknown> = new Set([
  'message',
  'function_call',
  'function_call_output',
  'mcp_list_tools',
  'mcp_call',
  'mcp_approval_request',
  'mcp_approval_response',
])

/** An item of a kind that Parley does not know, for example `web_search_call`. */
export function isForeignItem(item: unknown): boolean {
  return isObject(item) && typeof item['type'] === 'string' && !itemTypes.has(item['type'])
}

/** The item in GA. */
export function toItem(item: FlatItem): Item {
  if (item.type !== 'message') return item
  if (item.role === 'assistant') return { ...item, content: item.content.map(toAssistantPart) }
  if (item.role === 'user') return { ...item, content: item.content.map(withImageUrl) }
  return item
}

/** The item on a flat wire. */
export function fromItem(item: Item): FlatItem {
  if (item.type !== 'message' || item.role !== 'assistant') return item
  return { ...item, content: item.content.map(fromAssistantPart) }
}

function toAssistantPart(part: FlatAssistantPart): AssistantContentPart {
  return part.type === 'text' ? { ...part, type: 'output_text' } : { ...part, type: 'output_audio' }
}

function fromAssistantPart(part: AssistantContentPart): FlatAssistantPart {
  return part.type === 'output_text' ? { ...part, type: 'text' } : { ...part, type: 'audio' }
}

type FlatUserPart = z.infer<typeof FlatUserMessage>['content'][number]

function withImageUrl(part: FlatUserPart): FlatUserPart {
  if (part.type !== 'input_image' || typeof part.url !== 'string') return part
  const { url, ...rest } = part
  return { ...rest, type: 'input_image', image_url: part.image_url ?? url }
}
