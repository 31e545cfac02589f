<?php
namespace SpaceSandbox;

use MediaWiki\Hook\ParserFirstCallInitHook;
use MediaWiki\Html\Html;
use MediaWiki\MediaWikiServices;
use MediaWiki\Parser\Parser;
use MediaWiki\Revision\SlotRecord;
use MediaWiki\Title\Title;
use Wikimedia\CSS\Grammar\MatcherFactory;
use Wikimedia\CSS\Objects\Token;
use Wikimedia\CSS\Parser\Parser as CssParser;
use Wikimedia\CSS\Sanitizer\MediaAtRuleSanitizer;
use Wikimedia\CSS\Sanitizer\StylePropertySanitizer;
use Wikimedia\CSS\Sanitizer\StyleRuleSanitizer;
use Wikimedia\CSS\Sanitizer\StylesheetSanitizer;
use Wikimedia\CSS\Util;

/**
 * Stands in for the `<templatestyles>` of TemplateStyles, which Debian does not package.
 *
 * It uses the library that the extension uses, and keeps style rules and `@media` only. Off
 * with the switch `wgSpaceTemplateStyles`.
 */
class TemplateStyles implements ParserFirstCallInitHook {
	private const WRAPPER = 'mw-parser-output';

	/** @var array<string, string> What became of style sheets, by their texts. */
	private static array $made = [];

	/** The extension is known by this message, as there is no other sign in wikitext. */
	public static function onMessagesPreLoad( string $title, string|false &$message ): void {
		if ( strtok( $title, '/' ) === 'Templatestyles-desc' ) {
			$message = 'Implement per-template style sheets';
		}
	}

	/** @inheritDoc */
	public function onParserFirstCallInit( $parser ): void {
		$parser->setHook( 'templatestyles', $this->show( ... ) );
	}

	private function show( ?string $text, array $attributes, Parser $parser ): string {
		$title = Title::newFromText( $attributes['src'] ?? '', NS_TEMPLATE );
		$revision = $title ? $parser->fetchCurrentRevisionRecordOfTitle( $title ) : null;
		if ( !$revision ) {
			return Html::errorBox( 'There is no such style sheet.' );
		}
		$parser->getOutput()->addTemplate( $title, $title->getArticleID(), $revision->getId() );
		$css = $revision->getContent( SlotRecord::MAIN )->getText();
		return Html::rawElement(
			'style',
			[ 'data-mw-deduplicate' => "TemplateStyles:r{$revision->getId()}" ],
			self::$made[$css] ??= $this->remembered( $css )
		);
	}

	/** Sanitizing takes longer than most of a parse, and is asked for at each use. */
	private function remembered( string $css ): string {
		$cache = MediaWikiServices::getInstance()->getLocalServerObjectCache();
		return $cache->getWithSetCallback(
			$cache->makeGlobalKey( 'space-styles', sha1( $css ) ),
			$cache::TTL_DAY,
			fn () => $this->scoped( $css )
		);
	}

	private function scoped( string $css ): string {
		$factory = MatcherFactory::singleton();
		$properties = new StylePropertySanitizer( $factory );
		$wrapper = [ new Token( Token::T_DELIM, '.' ), new Token( Token::T_IDENT, self::WRAPPER ) ];
		$rules = [
			'style' => new StyleRuleSanitizer(
				$factory->cssSelectorList(), $properties, [ 'prependSelectors' => $wrapper ]
			),
			'@media' => new MediaAtRuleSanitizer( $factory->cssMediaQueryList() ),
		];
		$rules['@media']->setRuleSanitizers( $rules );
		$sheet = CssParser::newFromString( $css )->parseStylesheet();
		$kept = ( new StylesheetSanitizer( $rules ) )->sanitize( $sheet );
		return Util::stringify( $kept, [ 'minify' => true ] );
	}
}
