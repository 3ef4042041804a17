export declare function moduleNames(): readonly string[]
export declare function generatedFile(name: string): URL
export declare function generate(name: string): Promise<string>
