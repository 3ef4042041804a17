import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'export',
  // The playground hands the export out below this address.
  basePath: '/docs',
  trailingSlash: true,
  poweredByHeader: false,
  // Types are checked by the `types` script: TypeScript 7 has no JavaScript API for Next to call.
  typescript: { ignoreBuildErrors: true },
}

export default config
