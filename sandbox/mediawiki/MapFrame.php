<?php
namespace SpaceSandbox;

use MediaWiki\Hook\ParserFirstCallInitHook;
use MediaWiki\Html\Html;
use MediaWiki\Parser\Parser;
use MediaWiki\Parser\PPFrame;

/**
 * Stands in for the `<mapframe>` of Kartographer, which Debian does not package.
 *
 * It draws nothing. What it is given it keeps, with its complaints, as the page property
 * `space-mapframe`: JSON, a list with an object for each frame of the page, of
 * `attributes`, `data`, `shown` (titles and descriptions as HTML, in their order) and
 * `complaints`. On with the switch `wgSpaceMapFrame`.
 */
class MapFrame implements ParserFirstCallInitHook {
	public const PROPERTY = 'space-mapframe';

	/** The extension is known by this message, as there is no other sign in wikitext. */
	public static function onMessagesPreLoad( string $title, string|false &$message ): void {
		if ( strtok( $title, '/' ) === 'Kartographer-desc' ) {
			$message = 'Allows maps to be added to the wiki pages';
		}
	}

	/** @inheritDoc */
	public function onParserFirstCallInit( $parser ): void {
		$parser->setHook( 'mapframe', $this->show( ... ) );
	}

	private function show(
		?string $text, array $attributes, Parser $parser, PPFrame $frame
	): string {
		$rules = new MapRules();
		$data = json_decode( (string)$text );
		$rules->attributes( $attributes );
		$rules->data( $data );
		$output = $parser->getOutput();
		$frames = json_decode( $output->getPageProperty( self::PROPERTY ) ?? '[]' );
		$frames[] = [
			'attributes' => (object)$attributes,
			'data' => $data,
			'shown' => array_map(
				static fn ( string $each ) => Parser::stripOuterParagraph(
					$parser->recursiveTagParseFully( $each, $frame )
				),
				$rules->texts
			),
			'complaints' => $rules->complaints,
		];
		$output->setUnsortedPageProperty( self::PROPERTY, json_encode( $frames ) );
		$complaints = array_map(
			static fn ( string $each ) => Html::errorBox( htmlspecialchars( $each ) ),
			$rules->complaints
		);
		return Html::rawElement( 'div', [ 'class' => 'mw-kartographer-map' ], implode( $complaints ) );
	}
}
