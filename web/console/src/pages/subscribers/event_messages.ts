import { catalogue, type Text } from '../../i18n/catalogue'

// What happens to subscribers, as the API names it.
const en = {
  'subscriber.created': 'Subscriber created', 'subscriber.updated': 'Details changed', 'unit.created': 'Unit added', 'unit.updated': 'Unit changed',
  'sub_service.added': 'Service sold', 'sub_service.imported': 'Service taken over', 'sub_service.activated': 'Service activated', 'sub_service.suspended': 'Service suspended',
  'sub_service.resumed': 'Service resumed', 'sub_service.data_exhausted': 'Data used up', 'sub_service.data_restored': 'Data restored', 'sub_service.cancelled': 'Service cancelled',
  'sub_service.service_changed': 'Service changed', 'sub_service.moved_to_current_price': 'Moved to the current price', 'item.added': 'Add-on or CPE added', 'item.removed': 'Add-on or CPE removed',
  'document.issued': 'Document issued', 'document.paid': 'Document paid', 'document.reopened': 'Document open again', 'document.written_off': 'Document written off', 'document.reminded': 'Reminder due',
  'payment.recorded': 'Payment recorded', 'payment.refunded': 'Payment refunded', 'payment.charged_back': 'Payment charged back',
  'account.parked': 'Could not be billed and was parked', 'account.replayed': 'Parked account billed',
  'checkout.begun': 'Checkout begun', 'checkout.succeeded': 'Checkout succeeded', 'checkout.failed': 'Checkout failed', 'checkout.expired': 'Checkout expired',
  'saved_method.added': 'Saved method added', 'saved_method.removed': 'Saved method removed', 'collection_hold.placed': 'Collection held', 'collection_hold.released': 'Collection released',
  'payment_plan.agreed': 'Payment plan agreed', 'payment_plan.ended': 'Payment plan ended', 'promised_payment.made': 'Payment promised',
  'cheque.received': 'Cheque received', 'cheque.cleared': 'Cheque cleared', 'cheque.bounced': 'Cheque bounced',
  'pro_forma.issued': 'Pro-forma document issued', 'pro_forma.reminded': 'Pro-forma document reminded', 'pro_forma.paid': 'Pro-forma document paid', 'pro_forma.expired': 'Pro-forma document expired', 'pro_forma.withdrawn': 'Pro-forma document withdrawn',
  'advance_payment.issued': 'Advance payment document issued', 'automatic_payment.enabled': 'Automatic payment enabled', 'automatic_payment.ended': 'Automatic payment ended', 'automatic_payment.above_cap': 'Automatic payment above its cap',
  'automatic_payment.declined': 'Automatic payment declined', 'automatic_payment.stopped': 'Automatic payment stopped', 'discount_grant.made': 'Discount granted', 'discount_grant.revoked': 'Discount revoked',
  'note.added': 'Note written', 'note.changed': 'Note changed', 'note.removed': 'Note removed',
  'payout.opened': 'Payout opened', 'payout.paid': 'Payout paid', 'payout.cancelled': 'Payout cancelled',
}
type EventKey = keyof typeof en

const es: Record<EventKey, string> = {
  'subscriber.created': 'Abonado creado', 'subscriber.updated': 'Datos cambiados', 'unit.created': 'Unidad añadida', 'unit.updated': 'Unidad cambiada',
  'sub_service.added': 'Servicio vendido', 'sub_service.imported': 'Servicio traspasado', 'sub_service.activated': 'Servicio activado', 'sub_service.suspended': 'Servicio suspendido',
  'sub_service.resumed': 'Servicio reanudado', 'sub_service.data_exhausted': 'Datos agotados', 'sub_service.data_restored': 'Datos repuestos', 'sub_service.cancelled': 'Servicio cancelado',
  'sub_service.service_changed': 'Servicio cambiado', 'sub_service.moved_to_current_price': 'Pasado al precio actual', 'item.added': 'Extra o equipo añadido', 'item.removed': 'Extra o equipo quitado',
  'document.issued': 'Documento emitido', 'document.paid': 'Documento pagado', 'document.reopened': 'Documento abierto de nuevo', 'document.written_off': 'Documento dado por incobrable', 'document.reminded': 'Toca avisar',
  'payment.recorded': 'Pago registrado', 'payment.refunded': 'Pago devuelto', 'payment.charged_back': 'Pago retrocedido',
  'account.parked': 'No se pudo facturar y quedó apartado', 'account.replayed': 'Cuenta apartada facturada',
  'checkout.begun': 'Pago en pasarela comenzado', 'checkout.succeeded': 'Pago en pasarela logrado', 'checkout.failed': 'Pago en pasarela fallido', 'checkout.expired': 'Pago en pasarela caducado',
  'saved_method.added': 'Forma de pago guardada', 'saved_method.removed': 'Forma de pago quitada', 'collection_hold.placed': 'Cobranza en pausa', 'collection_hold.released': 'Cobranza reanudada',
  'payment_plan.agreed': 'Plan de pagos acordado', 'payment_plan.ended': 'Plan de pagos terminado', 'promised_payment.made': 'Pago prometido',
  'cheque.received': 'Cheque recibido', 'cheque.cleared': 'Cheque cobrado', 'cheque.bounced': 'Cheque devuelto',
  'pro_forma.issued': 'Proforma emitida', 'pro_forma.reminded': 'Proforma recordada', 'pro_forma.paid': 'Proforma pagada', 'pro_forma.expired': 'Proforma caducada', 'pro_forma.withdrawn': 'Proforma retirada',
  'advance_payment.issued': 'Documento de anticipo emitido', 'automatic_payment.enabled': 'Pago automático activado', 'automatic_payment.ended': 'Pago automático terminado', 'automatic_payment.above_cap': 'Pago automático por encima del tope',
  'automatic_payment.declined': 'Pago automático rechazado', 'automatic_payment.stopped': 'Pago automático detenido', 'discount_grant.made': 'Descuento concedido', 'discount_grant.revoked': 'Descuento retirado',
  'note.added': 'Nota escrita', 'note.changed': 'Nota cambiada', 'note.removed': 'Nota quitada',
  'payout.opened': 'Reembolso abierto', 'payout.paid': 'Reembolso pagado', 'payout.cancelled': 'Reembolso anulado',
}

const ar: Record<EventKey, string> = {
  'subscriber.created': 'أُنشئ المشترك', 'subscriber.updated': 'تغيّرت التفاصيل', 'unit.created': 'أُضيفت وحدة', 'unit.updated': 'تغيّرت وحدة',
  'sub_service.added': 'بيعت خدمة', 'sub_service.imported': 'نُقلت خدمة من نظام آخر', 'sub_service.activated': 'فُعّلت الخدمة', 'sub_service.suspended': 'عُلّقت الخدمة',
  'sub_service.resumed': 'استُؤنفت الخدمة', 'sub_service.data_exhausted': 'نفدت البيانات', 'sub_service.data_restored': 'عادت البيانات', 'sub_service.cancelled': 'أُلغيت الخدمة',
  'sub_service.service_changed': 'تغيّرت الخدمة', 'sub_service.moved_to_current_price': 'انتقلت إلى السعر الحالي', 'item.added': 'أُضيفت خدمة إضافية أو CPE', 'item.removed': 'أُزيلت خدمة إضافية أو CPE',
  'document.issued': 'صدر المستند', 'document.paid': 'سُدّد المستند', 'document.reopened': 'المستند مفتوح من جديد', 'document.written_off': 'شُطب دين المستند', 'document.reminded': 'استحق تذكير',
  'payment.recorded': 'سُجّلت دفعة', 'payment.refunded': 'رُدّ مبلغ من دفعة', 'payment.charged_back': 'استُرجعت دفعة بنكيًا',
  'account.parked': 'تعذرت فوترة الحساب فأُجّل', 'account.replayed': 'فُوتر الحساب المؤجَّل',
  'checkout.begun': 'بدأت جلسة دفع', 'checkout.succeeded': 'نجحت جلسة الدفع', 'checkout.failed': 'فشلت جلسة الدفع', 'checkout.expired': 'انتهت صلاحية جلسة الدفع',
  'saved_method.added': 'حُفظت طريقة دفع', 'saved_method.removed': 'أُزيلت طريقة دفع محفوظة', 'collection_hold.placed': 'جُمّد التحصيل', 'collection_hold.released': 'رُفع تجميد التحصيل',
  'payment_plan.agreed': 'اتُّفق على خطة سداد', 'payment_plan.ended': 'انتهت خطة السداد', 'promised_payment.made': 'وعد بالدفع',
  'cheque.received': 'استُلم شيك', 'cheque.cleared': 'حُصّل الشيك', 'cheque.bounced': 'ارتجع الشيك',
  'pro_forma.issued': 'صدرت فاتورة أولية', 'pro_forma.reminded': 'أُرسل تذكير بالفاتورة الأولية', 'pro_forma.paid': 'سُدّدت الفاتورة الأولية', 'pro_forma.expired': 'انتهت صلاحية الفاتورة الأولية', 'pro_forma.withdrawn': 'سُحبت الفاتورة الأولية',
  'advance_payment.issued': 'صدر مستند دفعة مقدمة', 'automatic_payment.enabled': 'فُعّل الدفع التلقائي', 'automatic_payment.ended': 'انتهى الدفع التلقائي', 'automatic_payment.above_cap': 'الدفع التلقائي فوق حده الأقصى',
  'automatic_payment.declined': 'رُفض الدفع التلقائي', 'automatic_payment.stopped': 'توقف الدفع التلقائي', 'discount_grant.made': 'مُنح خصم', 'discount_grant.revoked': 'سُحب خصم',
  'note.added': 'دُوّنت ملاحظة', 'note.changed': 'عُدّلت ملاحظة', 'note.removed': 'أُزيلت ملاحظة',
  'payout.opened': 'فُتحت عملية صرف', 'payout.paid': 'دُفعت عملية الصرف', 'payout.cancelled': 'أُلغيت عملية الصرف',
}

export const useEventText = catalogue({ en, es, ar })

// A later server may tell of what this console has no words for.
export const eventWords = (type: string, t: Text<EventKey>): string => (type in en ? t(type as EventKey) : type)
