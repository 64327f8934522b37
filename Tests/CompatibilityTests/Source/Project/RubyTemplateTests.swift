import Foundation
import Testing

@testable import Compatibility

@Suite struct RubyTemplateTests {
    @Test func `what a template of Ruby calls is found between its marks, and its text is none`() throws {
        let project = try SampleProject([
            "config/initializers/redis.rb": "require 'redis'\n$redis = Redis.new\nCACHE = Redis.new(db: 0)\n",
            "app/views/index.html.erb": """
            <h1>$redis.keys('*') isn't a call</h1>
            <% $redis.keys('*').each do |key| %>
              <li title="<%= $redis.object('encoding', key) %>"><%= key %></li>
            <% end %>
            <%# $redis.flushall %>
            <%= CACHE.dbsize -%>
            <%% $redis.flushdb %>
            <script>redis.flushall(); Object.keys(window)</script>
            <%= link_to 'info', info_path, data: params.keys.sort %>
            <% if CACHE.randomkey %><%= @page.info %><% else %><%= @page.save %><% end %>
            <%= $redis.get('keys') %>

            """,
        ])
        let refused = ["KEYS", "OBJECT", "FLUSHALL", "DBSIZE", "FLUSHDB", "RANDOMKEY", "INFO", "SAVE", "SORT"]
        let found = try project.commands().filter { line in refused.contains { line.contains(" \($0) ") } }
        #expect(
            found == [
                "app/views/index.html.erb:2 KEYS high", "app/views/index.html.erb:3 OBJECT high",
                "app/views/index.html.erb:6 DBSIZE high", "app/views/index.html.erb:10 RANDOMKEY high",
            ])
    }
}
