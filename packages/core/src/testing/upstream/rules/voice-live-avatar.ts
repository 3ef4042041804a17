import { z } from 'zod'

const point = z.array(z.int().min(0)).length(2)

/** Schema of `avatar`. */
export const avatar = z.strictObject({
  type: z.enum(['video-avatar', 'photo-avatar']).optional(),
  character: z.string().min(1),
  style: z.string().optional(),
  model: z.literal('vasa-1').optional(),
  customized: z.boolean(),
  ice_servers: z
    .array(
      z.strictObject({
        urls: z.array(z.string()),
        username: z.string().optional(),
        credential: z.string().optional(),
      }),
    )
    .optional(),
  video: z
    .strictObject({
      bitrate: z.int().min(1).optional(),
      codec: z.literal('h264').optional(),
      crop: z.strictObject({ top_left: point, bottom_right: point }).optional(),
      resolution: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }).optional(),
      background: z.strictObject({ color: z.string().optional(), image_url: z.url().optional() }).optional(),
      gop_size: z.int().min(1).optional(),
    })
    .optional(),
  scene: z
    .strictObject({
      zoom: z.number().optional(),
      position_x: z.number().optional(),
      position_y: z.number().optional(),
      rotation_x: z.number().optional(),
      rotation_y: z.number().optional(),
      rotation_z: z.number().optional(),
      amplitude: z.number().optional(),
    })
    .optional(),
  output_protocol: z.enum(['webrtc', 'websocket']).optional(),
  output_audit_audio: z.boolean().optional(),
})

/** Schema of `animation`. */
export const animation = z.strictObject({
  model_name: z.string().optional(),
  outputs: z.array(z.enum(['blendshapes', 'viseme_id'])).optional(),
})
