// An amount in equal parts; what cannot be shared goes with the first. In minor units of BigInt, which are exact.
export function splitAmount(amount: string, parts: number): string[] {
  const [whole = '0', decimals = ''] = amount.split('.')
  const total = BigInt(whole + decimals)
  const count = BigInt(parts)
  const each = total / count
  const first = each + (total % count)
  return Array.from({ length: parts }, (_, i) => text(i === 0 ? first : each, decimals.length))
}

function text(minor: bigint, decimals: number): string {
  if (decimals === 0) return minor.toString()
  const digits = minor.toString().padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
