// What a verifying entity's server needs to read an answer: the issuer's JWKS and a dozen lines of jose. docs/embed.md has
// them for others to copy, so nothing here is this project's own.
import { jwtVerify, type JWTVerifyGetKey } from 'jose'

/** 0, 1 or 2; nothing for a token that is not a fresh answer of this issuer's to this entity. */
export async function statusIn(
  token: string,
  expected: { readonly issuer: string; readonly audience: string },
  keys: JWTVerifyGetKey,
): Promise<0 | 1 | 2 | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      typ: 'vs+jwt',
      algorithms: ['ES256', 'Ed25519'],
      requiredClaims: ['exp'],
      maxTokenAge: '10 minutes',
      clockTolerance: 60,
    })
    const { vs } = payload
    return vs === 0 || vs === 1 || vs === 2 ? vs : undefined
  } catch {
    return undefined
  }
}
