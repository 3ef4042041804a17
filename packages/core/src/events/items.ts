import { z } from 'zod'
import { base64Text } from './audio-payload.ts'

const itemBase = {
  /** Set by the server unless the client chose one. */
  id: z.string().min(1, 'Expected an id.').optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['in_progress', 'completed', 'incomplete']).optional(),
}

/** Text of a user or system message. */
export const InputTextPart = z.looseObject({ type: z.literal('input_text'), text: z.string() })
export type InputTextPart = z.infer<typeof InputTextPart>

/** Speech of the user; `audio` is base64 and is never echoed, `transcript` is null until it is known. */
export const InputAudioPart = z.looseObject({
  type: z.literal('input_audio'),
  audio: base64Text.nullish(),
  transcript: z.string().nullish(),
})
export type InputAudioPart = z.infer<typeof InputAudioPart>

/** An image of the user as a data URI. */
export const InputImagePart = z.looseObject({
  type: z.literal('input_image'),
  image_url: z.string().nullish(),
  detail: z.enum(['auto', 'low', 'high']).nullish(),
})
export type InputImagePart = z.infer<typeof InputImagePart>

/** Text of the assistant. */
export const OutputTextPart = z.looseObject({ type: z.literal('output_text'), text: z.string() })
export type OutputTextPart = z.infer<typeof OutputTextPart>

/** Speech of the assistant; `audio` is base64 and is never echoed. */
export const OutputAudioPart = z.looseObject({
  type: z.literal('output_audio'),
  audio: base64Text.nullish(),
  transcript: z.string().nullish(),
})
export type OutputAudioPart = z.infer<typeof OutputAudioPart>

/** Content of a user message. */
export const UserContentPart = z.discriminatedUnion('type', [InputTextPart, InputAudioPart, InputImagePart])
export type UserContentPart = z.infer<typeof UserContentPart>

/** Content of an assistant message. */
export const AssistantContentPart = z.discriminatedUnion('type', [OutputTextPart, OutputAudioPart])
export type AssistantContentPart = z.infer<typeof AssistantContentPart>

/** Content of any message. */
export type ContentPart = UserContentPart | AssistantContentPart

/** A message of the application to the model. */
export const SystemMessageItem = z.looseObject({
  ...itemBase,
  type: z.literal('message'),
  role: z.literal('system'),
  content: z.array(InputTextPart),
})
export type SystemMessageItem = z.infer<typeof SystemMessageItem>

/** What the user said, wrote or showed. */
export const UserMessageItem = z.looseObject({
  ...itemBase,
  type: z.literal('message'),
  role: z.literal('user'),
  content: z.array(UserContentPart),
})
export type UserMessageItem = z.infer<typeof UserMessageItem>

/** What the assistant said or wrote. */
export const AssistantMessageItem = z.looseObject({
  ...itemBase,
  type: z.literal('message'),
  role: z.literal('assistant'),
  content: z.array(AssistantContentPart),
})
export type AssistantMessageItem = z.infer<typeof AssistantMessageItem>

/** A message of any role; narrows by `role`. */
export const MessageItem = z.discriminatedUnion('role', [
  SystemMessageItem,
  UserMessageItem,
  AssistantMessageItem,
])
export type MessageItem = z.infer<typeof MessageItem>

/** A call of a function tool; `arguments` is JSON text. */
export const FunctionCallItem = z.looseObject({
  ...itemBase,
  type: z.literal('function_call'),
  name: z.string(),
  call_id: z.string().optional(),
  arguments: z.string(),
})
export type FunctionCallItem = z.infer<typeof FunctionCallItem>

/** The client's answer to a call. */
export const FunctionCallOutputItem = z.looseObject({
  ...itemBase,
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: z.string(),
})
export type FunctionCallOutputItem = z.infer<typeof FunctionCallOutputItem>

/** Tools an MCP server offers. */
export const McpListToolsItem = z.looseObject({
  ...itemBase,
  type: z.literal('mcp_list_tools'),
  server_label: z.string(),
  tools: z.array(
    z.looseObject({
      name: z.string(),
      description: z.string().nullish(),
      input_schema: z.unknown(),
      annotations: z.unknown().optional(),
    }),
  ),
})
export type McpListToolsItem = z.infer<typeof McpListToolsItem>

/** Why a call of an MCP tool failed. */
export const McpCallError = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('protocol_error'), code: z.number(), message: z.string() }),
  z.looseObject({ type: z.literal('tool_execution_error'), message: z.string() }),
  z.looseObject({ type: z.literal('http_error'), code: z.number(), message: z.string() }),
])
export type McpCallError = z.infer<typeof McpCallError>

/** A call of an MCP tool with its result. */
export const McpCallItem = z.looseObject({
  ...itemBase,
  type: z.literal('mcp_call'),
  server_label: z.string(),
  name: z.string(),
  arguments: z.string(),
  approval_request_id: z.string().nullish(),
  output: z.string().nullish(),
  error: McpCallError.nullish(),
})
export type McpCallItem = z.infer<typeof McpCallItem>

/** The server asks whether an MCP tool may be called. */
export const McpApprovalRequestItem = z.looseObject({
  ...itemBase,
  type: z.literal('mcp_approval_request'),
  server_label: z.string(),
  name: z.string(),
  arguments: z.string(),
})
export type McpApprovalRequestItem = z.infer<typeof McpApprovalRequestItem>

/** The client's answer to an approval request. */
export const McpApprovalResponseItem = z.looseObject({
  ...itemBase,
  type: z.literal('mcp_approval_response'),
  approval_request_id: z.string(),
  approve: z.boolean(),
  reason: z.string().nullish(),
})
export type McpApprovalResponseItem = z.infer<typeof McpApprovalResponseItem>

/** One entry of a conversation; narrows by `type`, messages further by `role`. */
export const Item = z.discriminatedUnion('type', [
  MessageItem,
  FunctionCallItem,
  FunctionCallOutputItem,
  McpListToolsItem,
  McpCallItem,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
])
export type Item = z.infer<typeof Item>

/** Stands for an item of the conversation in the `input` of a response. */
export const ItemReference = z.looseObject({ type: z.literal('item_reference'), id: z.string() })
export type ItemReference = z.infer<typeof ItemReference>
