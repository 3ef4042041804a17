import { z } from 'zod'

/** A function the model may call; its parameters are a JSON schema. */
export const functionTool = z.strictObject({
  type: z.literal('function'),
  name: z.string().regex(/^[\w-]{1,64}$/),
  description: z.string().optional(),
  parameters: z.looseObject({}).optional(),
})

const toolFilter = z.strictObject({
  tool_names: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
})

/** An MCP server as OpenAI takes it. */
export const mcpTool = z.strictObject({
  type: z.literal('mcp'),
  server_label: z.string().min(1),
  server_url: z.url().optional(),
  connector_id: z.string().optional(),
  tunnel_id: z.string().optional(),
  authorization: z.string().optional(),
  headers: z.record(z.string(), z.string()).nullable().optional(),
  allowed_tools: z
    .union([z.array(z.string()), toolFilter])
    .nullable()
    .optional(),
  allowed_callers: z
    .array(z.enum(['direct', 'programmatic']))
    .nullable()
    .optional(),
  require_approval: z
    .union([
      z.enum(['always', 'never']),
      z.strictObject({ always: toolFilter.optional(), never: toolFilter.optional() }),
    ])
    .nullable()
    .optional(),
  server_description: z.string().optional(),
  defer_loading: z.boolean().optional(),
})

/** How a GA session chooses tools. */
export const gaToolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string() }),
  z.strictObject({
    type: z.literal('mcp'),
    server_label: z.string(),
    name: z.string().nullable().optional(),
  }),
])

/** Most tokens of one answer, or `inf`. */
export const tokenLimit = z.union([z.int().min(1).max(4096), z.literal('inf')])

/** Sixteen pairs, keys of 64 and values of 512 characters at most. */
export const metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
