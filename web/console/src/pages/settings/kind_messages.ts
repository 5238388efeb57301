import { catalogue, type Text } from '../../i18n/catalogue'

// The messages that subscribers get, as the API names them.
const en = {
  document_issued: 'Document issued', document_reopened: 'Document open again', payment_reminder: 'Reminder of a document', payment_received: 'Payment received',
  payment_refunded: 'Payment refunded', payment_charged_back: 'Payment charged back', sub_service_suspended: 'Service suspended', sub_service_resumed: 'Service resumed',
  sub_service_cancelled: 'Service cancelled', checkout_failed: 'Checkout failed', pro_forma_issued: 'Pro-forma document issued', pro_forma_reminder: 'Reminder of a pro-forma document',
  automatic_payment_above_cap: 'Automatic payment above its cap', automatic_payment_declined: 'Automatic payment declined', automatic_payment_stopped: 'Automatic payment stopped',
}
type KindKey = keyof typeof en

const es: Record<KindKey, string> = {
  document_issued: 'Documento emitido', document_reopened: 'Documento abierto de nuevo', payment_reminder: 'Aviso de un documento', payment_received: 'Pago recibido',
  payment_refunded: 'Pago devuelto', payment_charged_back: 'Pago retrocedido', sub_service_suspended: 'Servicio suspendido', sub_service_resumed: 'Servicio reanudado',
  sub_service_cancelled: 'Servicio cancelado', checkout_failed: 'Pago en pasarela fallido', pro_forma_issued: 'Proforma emitida', pro_forma_reminder: 'Aviso de una proforma',
  automatic_payment_above_cap: 'Pago automático por encima del tope', automatic_payment_declined: 'Pago automático rechazado', automatic_payment_stopped: 'Pago automático detenido',
}

const ar: Record<KindKey, string> = {
  document_issued: 'صدور مستند', document_reopened: 'مستند مفتوح من جديد', payment_reminder: 'تذكير بمستند', payment_received: 'استلام دفعة',
  payment_refunded: 'رد مبلغ من دفعة', payment_charged_back: 'استرجاع دفعة بنكيًا', sub_service_suspended: 'تعليق خدمة', sub_service_resumed: 'استئناف خدمة',
  sub_service_cancelled: 'إلغاء خدمة', checkout_failed: 'فشل جلسة دفع', pro_forma_issued: 'صدور فاتورة أولية', pro_forma_reminder: 'تذكير بفاتورة أولية',
  automatic_payment_above_cap: 'دفع تلقائي فوق حده الأقصى', automatic_payment_declined: 'رفض دفع تلقائي', automatic_payment_stopped: 'توقف دفع تلقائي',
}

export const useKindText = catalogue({ en, es, ar })

// A later server may send what this console has no words for.
export const kindWords = (kind: string, t: Text<KindKey>): string => (kind in en ? t(kind as KindKey) : kind)
