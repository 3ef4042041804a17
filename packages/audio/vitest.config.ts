import { createRequire } from 'node:module'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type UserWorkspaceConfig } from 'vitest/config'
import { findBrowser } from '../../scripts/browser.mjs'
import { unitAndIntegration } from '../../vitest.projects.ts'

/** Tests that read files, or ask for something else that only Node has. */
const needNode = [
  'src/wasm/generated.test.ts',
  'src/vad/silero/silero.test.ts',
  'src/node-buffer.test.ts',
  'src/**/!(long-streams).integration.test.ts',
  '**/node_modules/**',
]

/** Tests of libraries that are WebAssembly and nothing else. */
const needWebAssembly = [
  'src/opus/libopus.test.ts',
  'src/files/ogg-opus.test.ts',
  'src/noise-suppression/noise-suppression.test.ts',
]

const weights = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')

/** Without 'wasm-unsafe-eval' no page compiles WebAssembly. */
const strictPolicy = "script-src 'self' 'unsafe-inline' blob:"

/** For tests that measure how much memory is in use. */
const tellMemory = ['--js-flags=--expose-gc', '--enable-precise-memory-info']

/** The tests in Chromium, under a content security policy if one is given. */
function inChromium(
  name: string,
  { exclude = needNode, policy }: { readonly exclude?: string[]; readonly policy?: string } = {},
): UserWorkspaceConfig {
  const executablePath = findBrowser()
  const launchOptions = {
    args: ['--no-sandbox', ...tellMemory],
    ...(executablePath !== undefined && { executablePath }),
  }
  return {
    ...(policy !== undefined && { server: { headers: { 'content-security-policy': policy } } }),
    test: {
      name,
      include: ['src/**/*.test.ts'],
      exclude,
      testTimeout: 60_000,
      provide: { forbidsWebAssembly: policy !== undefined, sileroUrl: `/@fs${weights}` },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      ...unitAndIntegration,
      {
        test: {
          name: 'without-wasm',
          include: ['src/**/*.test.ts'],
          exclude: [...needNode, ...needWebAssembly, 'src/**/*.integration.test.ts'],
          setupFiles: ['scripts/forbid-web-assembly.ts'],
          testTimeout: 60_000,
          provide: { forbidsWebAssembly: true },
        },
      },
      inChromium('chromium'),
      inChromium('chromium-strict', { exclude: [...needNode, ...needWebAssembly], policy: strictPolicy }),
    ],
  },
})
