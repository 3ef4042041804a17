import { z } from 'zod'
import { Response, ResponseStatus, Usage, type ResponseCreateParams } from '../../events/response.ts'
import { Item, type ItemReference } from '../../events/items.ts'
import { isObject, type JsonObject } from '../json-object.ts'
import { readFields, writeFields, type Field } from './field.ts'
import { FlatInputItem, fromItem, toItem } from './items.ts'
import { joined } from './session.ts'
import {
  alias,
  maxTokens,
  modalities,
  outputFormat,
  reasoningEffort,
  toolChoice,
  tools,
  voice,
} from './session-fields.ts'
import { completeUsage } from './usage.ts'

/** The response object on a flat wire. */
export const FlatResponse = z.looseObject({
  id: z.string().optional(),
  object: z.literal('realtime.response').optional(),
  status: ResponseStatus.optional(),
  /** Read as it comes: a reason nobody knows must not lose the end of a response. */
  status_details: z.looseObject({ type: z.string().optional() }).nullish(),
  /** Items of kinds Parley does not know stay as they are. */
  output: z.array(z.looseObject({ type: z.string() })).optional(),
  conversation_id: z.string().nullish(),
  modalities: z.array(z.string()).nullish(),
  voice: z.union([z.string(), z.looseObject({ type: z.string() })]).nullish(),
  output_audio_format: z.string().nullish(),
  temperature: z.number().nullish(),
  max_output_tokens: z.union([z.number(), z.literal('inf')]).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  usage: Usage.nullish(),
})
export type FlatResponse = z.infer<typeof FlatResponse>

const objectKeys: ReadonlySet<string> = new Set([
  'id',
  'object',
  'status',
  'status_details',
  'conversation_id',
  'max_output_tokens',
  'metadata',
  'usage',
  'parley',
])

const createKeys: ReadonlySet<string> = new Set([
  'conversation',
  'instructions',
  'metadata',
  'prompt',
  'parallel_tool_calls',
])

const input: Field = {
  key: 'input',
  path: ['input'],
  read: (value) => (Array.isArray(value) ? { ga: value.flatMap(readItem) } : { beyond: value }),
  write: (value) => (Array.isArray(value) ? value.map(writeItem) : value),
}

/** The SDK's name of `input`; kept as an extension, so that the SDK's words reach Voice Live. */
const inputItems: Field = alias({
  ...input,
  key: 'input_items',
  read: (value) => ({ ...input.read(value, {}), beyond: value }),
})

const objectFields = { beta: fieldsOfObject(false), voiceLive: fieldsOfObject(true) }
const createFields = { beta: fieldsOfCreate(false), voiceLive: fieldsOfCreate(true) }

/** The response object in GA. */
export function toResponse(flat: FlatResponse, extended: boolean): Response {
  const { output, ...rest } = flat
  const fields = extended ? objectFields.voiceLive : objectFields.beta
  const { ga, extensions } = readFields(rest, fields, objectKeys)
  const items = output?.flatMap(readItem)
  const isWhole = items?.length === output?.length
  const beyond = isWhole ? extensions : { ...extensions, output }
  const response = {
    ...ga,
    ...(items && { output: items }),
    ...(Object.keys(beyond).length > 0 && { extensions: beyond }),
  }
  // Checked: the flat schema held, and the fields' rules give GA's shapes.
  return response as Response
}

/** GA's response object on a flat wire; its usage has every detail clients read. */
export function fromResponse(response: Response, extended: boolean): JsonObject {
  const { output, extensions, usage, ...rest } = response
  return {
    ...writeFields(rest, extended ? objectFields.voiceLive : objectFields.beta),
    ...(output && { output: output.map(fromItem) }),
    ...(usage !== undefined && { usage: completeUsage(usage, extended) }),
    ...visible(extensions, extended),
  }
}

/** The `response` of `response.create` in GA. */
export function toResponseParams(flat: JsonObject, extended: boolean): ResponseCreateParams {
  const { ga, extensions } = readFields(
    flat,
    extended ? createFields.voiceLive : createFields.beta,
    createKeys,
  )
  const isDetached = extensions['commit'] === false
  const params = {
    ...(isDetached && { conversation: 'none' }),
    ...ga,
    ...(Object.keys(extensions).length > 0 && { extensions }),
  }
  // Checked: the flat schema held, and the fields' rules give GA's shapes.
  return params as ResponseCreateParams
}

/** GA's parameters on a flat wire. `additional_instructions` is for the event itself. */
export function fromResponseParams(params: ResponseCreateParams, extended: boolean): JsonObject {
  const { extensions, ...rest } = params
  const flat = writeFields(rest, extended ? createFields.voiceLive : createFields.beta)
  const { additional_instructions: _, ...others } = visible(extensions, extended)
  if (others['commit'] === false) delete flat['conversation']
  if (others['input_items'] !== undefined) delete flat['input']
  return {
    ...flat,
    ...others,
    ...(others['tools'] !== undefined && { tools: joined(flat['tools'], others['tools']) }),
  }
}

/** The fields of `response.create` that have other names in GA. */
export function responseFields(extended: boolean): readonly Field[] {
  return extended ? createFields.voiceLive : createFields.beta
}

function visible(extensions: unknown, extended: boolean): JsonObject {
  if (!isObject(extensions)) return {}
  if (extended) return extensions
  const { voice: _voice, modalities: _modalities, ...rest } = extensions
  return rest
}

/** Nothing for an item of a kind that Parley does not know. */
function readItem(item: unknown): readonly (Item | ItemReference)[] {
  const checked = FlatInputItem.safeParse(item)
  if (!checked.success) return []
  return checked.data.type === 'item_reference' ? [checked.data] : [toItem(checked.data)]
}

function writeItem(item: unknown): unknown {
  const checked = Item.safeParse(item)
  return checked.success ? fromItem(checked.data) : item
}

function fieldsOfObject(extended: boolean): readonly Field[] {
  return [modalities, voice(extended), outputFormat(extended)]
}

function fieldsOfCreate(extended: boolean): readonly Field[] {
  const shared = [modalities, voice(extended), outputFormat(extended), tools, toolChoice(true)]
  return extended
    ? [
        ...shared,
        // Voice Live's documents and its SDK differ in names.
        maxTokens('max_output_tokens'),
        alias(maxTokens('max_response_output_tokens')),
        reasoningEffort,
        input,
        inputItems,
      ]
    : [...shared, maxTokens('max_response_output_tokens'), input]
}
