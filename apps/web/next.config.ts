import type { NextConfig } from 'next'

const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Content-Security-Policy', value: "frame-ancestors 'none'" },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(self)' },
]

const config: NextConfig = {
  // The workspace packages export TypeScript sources.
  transpilePackages: ['@parley/core', '@parley/audio', '@parley/client', '@parley/compare'],
  // Types are checked by the `types` script: TypeScript 7 has no JavaScript API for Next to call.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  poweredByHeader: false,
  headers: () => Promise.resolve([{ source: '/:path*', headers }]),
}

export default config
