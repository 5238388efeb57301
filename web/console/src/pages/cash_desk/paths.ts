export const shiftPath = (shift: string) => `/cash-desk/${encodeURIComponent(shift)}`
export const receiptPath = (receipt: string) => `/cash-receipts/${encodeURIComponent(receipt)}`
