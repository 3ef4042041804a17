import { z } from 'zod'

/** Ids a client may choose: the documented 32 characters at most. */
export const itemId = z.string().min(1).max(32)

const base = {
  id: itemId.optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['completed', 'incomplete', 'in_progress']).optional(),
}
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() })
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  audio: z.base64().min(1),
  transcript: z.string().nullable().optional(),
})
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string().regex(/^(data:image\/(png|jpeg|webp|gif);base64,|https:\/\/)/),
  detail: z.enum(['auto', 'low', 'high']).optional(),
})
/** Voice Live before 2026-06 named the field `url`. */
const oldInputImage = z.strictObject({
  type: z.literal('input_image'),
  url: z.string().regex(/^(data:image\/(png|jpeg|webp|gif);base64,|https:\/\/)/),
  detail: z.enum(['auto', 'low', 'high']).optional(),
})
/** Sound of an assistant cannot be put into a conversation: only its text. */
const assistantText = (type: 'output_text' | 'text') =>
  z.strictObject({ type: z.literal(type), text: z.string() })

const functionCall = z.strictObject({
  ...base,
  type: z.literal('function_call'),
  name: z.string().min(1),
  call_id: z.string().min(1).max(32).optional(),
  arguments: z.string(),
})
const functionCallOutput = z.strictObject({
  ...base,
  type: z.literal('function_call_output'),
  call_id: z.string().min(1),
  output: z.string(),
})
const approvalResponse = z.strictObject({
  ...base,
  type: z.literal('mcp_approval_response'),
  approval_request_id: z.string().min(1),
  approve: z.boolean(),
  reason: z.string().nullable().optional(),
})
const listedTool = z.strictObject({
  name: z.string(),
  description: z.string().nullable().optional(),
  input_schema: z.unknown(),
  annotations: z.unknown().optional(),
})
const mcpItems = [
  z.strictObject({
    ...base,
    type: z.literal('mcp_list_tools'),
    server_label: z.string(),
    tools: z.array(listedTool),
  }),
  z.strictObject({
    ...base,
    type: z.literal('mcp_call'),
    server_label: z.string(),
    name: z.string(),
    arguments: z.string(),
    approval_request_id: z.string().nullable().optional(),
    output: z.string().nullable().optional(),
    error: z.unknown().optional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('mcp_approval_request'),
    server_label: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
] as const

/** What a wire lets a client put into the conversation. */
export interface ItemRules {
  readonly assistantText: 'output_text' | 'text'
  readonly image: 'image_url' | 'url' | 'none'
  readonly mcp: boolean
}

/** Schema of an item a client creates. */
export function itemSchema(rules: ItemRules): z.ZodType {
  const userPart =
    rules.image === 'none'
      ? z.discriminatedUnion('type', [inputText, inputAudio])
      : z.discriminatedUnion('type', [
          inputText,
          inputAudio,
          rules.image === 'url' ? oldInputImage : inputImage,
        ])
  const message = (role: string, part: z.ZodType) =>
    z.strictObject({
      ...base,
      type: z.literal('message'),
      role: z.literal(role),
      content: z.array(part).min(1),
    })
  const messages = z.discriminatedUnion('role', [
    message('system', inputText),
    message('user', userPart),
    message('assistant', assistantText(rules.assistantText)),
  ])
  const plain = [messages, functionCall, functionCallOutput] as const
  return rules.mcp
    ? z.discriminatedUnion('type', [...plain, approvalResponse, ...mcpItems])
    : z.discriminatedUnion('type', [...plain])
}
