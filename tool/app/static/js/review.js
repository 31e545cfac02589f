/* Review pages: focuses what comes first, and offers keyboard shortcuts, off at first. */

const STORED = 'space-review-keys';
const NEED_REASON = [ 'changes', 'decline' ];
const VERDICTS = { a: 'approve', c: 'changes', d: 'decline', t: 'withdraw' };

function focusFirst() {
	document.querySelector( '[data-focus]' )?.focus();
}

/* A key only moves the focus, so that a slip of the finger saves nothing. */
function onKey( event ) {
	const typing = event.target.closest( 'input:not( [type=checkbox] ), textarea, select, [contenteditable]' );
	if ( typing || event.ctrlKey || event.altKey || event.metaKey ) {
		return;
	}
	const form = document.querySelector( '[data-review]' );
	const target = event.key === 'n' ?
		document.querySelector( '[data-next]' ) :
		event.key === 'r' ?
			form?.elements.namedItem( 'reason' ) :
			form?.querySelector( `button[value="${ VERDICTS[ event.key ] }"]` );
	if ( !target ) {
		return;
	}
	event.preventDefault();
	if ( event.key === 'n' ) {
		target.click();
	} else {
		target.focus();
	}
}

function hasReason( form ) {
	const { reason, duplicate } = form.elements;
	return reason.value.trim() || duplicate?.value.trim() ||
		form.querySelector( '[name=ticked]:checked' );
}

/* Leads to its reasons instead of sending a verdict that needs one. */
function askForReason( event ) {
	const form = event.currentTarget, verdict = event.submitter?.value;
	if ( !NEED_REASON.includes( verdict ) || hasReason( form ) ) {
		return;
	}
	event.preventDefault();
	const problem = document.getElementById( 'reason-problem' );
	form.querySelector( `[data-for="${ verdict }"]` )?.before( problem );
	problem.hidden = false;
	problem.focus();
}

/* Single keys are off until somebody wants them (WCAG 2.1.4). */
function offerKeys( panel ) {
	const box = panel.querySelector( 'input' );
	panel.hidden = false;
	box.checked = localStorage.getItem( STORED ) === '1';
	document.addEventListener( 'keydown', ( event ) => {
		if ( box.checked ) {
			onKey( event );
		}
	} );
	box.addEventListener( 'change', () => {
		localStorage.setItem( STORED, box.checked ? '1' : '0' );
	} );
}

document.querySelector( '[data-review]' )?.addEventListener( 'submit', askForReason );
const panel = document.querySelector( '[data-keys]' );
if ( panel ) {
	offerKeys( panel );
}
focusFirst();
